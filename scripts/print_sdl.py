"""Write the schema's SDL to where it is committed."""

from hub.api.schema import schema
from hub.resources import resource

resource("graph_schema", "schema.graphql").write_text(schema.as_str() + "\n", encoding="utf-8")
