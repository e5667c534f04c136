"""诚信枢纽: what restricts this subject in this scenario, on which law, by which path?"""

__version__ = "0.1.0"
