"""The hub's own Neo4j on this machine, for whoever has no server of theirs."""

from hub.local_neo4j.address import Address
from hub.local_neo4j.java import ImportToolFailed
from hub.local_neo4j.progress import SILENT, Progress
from hub.local_neo4j.server import LocalNeo4j, Status

__all__ = ["SILENT", "Address", "ImportToolFailed", "LocalNeo4j", "Progress", "Status"]
