"""Write the schema's SDL to where it is committed, or to the file given."""

import sys
from pathlib import Path

from hub.api.schema import schema
from hub.resources import resource

committed = str(resource("graph_schema", "schema.graphql"))
Path((sys.argv[1:] or [committed])[0]).write_text(schema.as_str() + "\n", encoding="utf-8")
