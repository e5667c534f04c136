"""Keeps the law: drafts, publications and repeals of rule sets; what lints and what differs."""
