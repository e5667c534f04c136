// The single nodes of the hub's own bookkeeping.

MERGE (k:KnowledgeClock {id: 1})
ON CREATE SET k.knownUpTo = datetime({epochMillis: 0}), k.pending = datetime({epochMillis: 0}), k.epoch = 1;

MERGE (l:WriterLease {id: 1})
ON CREATE SET l.fence = 0, l.expiresAt = datetime({epochMillis: 0});
