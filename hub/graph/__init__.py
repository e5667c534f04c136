"""Everything that speaks Cypher."""
