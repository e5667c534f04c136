"""All errors the hub tells people about, as one tree.

HubError
├── InvalidInput             the request can be mended by whoever made it
│   ├── InvalidIdentifier    INVALID_IDENTIFIER
│   ├── InvalidInstant       INVALID_INSTANT
│   ├── KnownAtInFuture      KNOWN_AT_IN_FUTURE
│   ├── UnknownScenario      UNKNOWN_SCENARIO
│   ├── UnknownCode          UNKNOWN_CODE
│   ├── CapacityRequired     CAPACITY_REQUIRED
│   ├── CapacityNotAllowed   CAPACITY_NOT_ALLOWED
│   ├── WrongSubjectKind     WRONG_SUBJECT_KIND
│   ├── UnitsOnly            UNITS_ONLY
│   ├── PurposeRequired      PURPOSE_REQUIRED
│   ├── TooManySubjects      TOO_MANY_SUBJECTS
│   ├── MatterRequired       MATTER_REQUIRED
│   ├── InvalidReference     INVALID_REFERENCE
│   ├── MatterConflict       MATTER_CONFLICT
│   ├── IdempotencyConflict  IDEMPOTENCY_CONFLICT
│   ├── ReviewNotRequired    REVIEW_NOT_REQUIRED
│   ├── ReasonsRequired      REASONS_REQUIRED
│   ├── NotOfSubject         NOT_OF_SUBJECT
│   ├── InvalidPage          INVALID_PAGE
│   ├── InvalidFilter        INVALID_FILTER
│   ├── InvalidHops          INVALID_HOPS
│   ├── InvalidSearchText    INVALID_SEARCH_TEXT
│   ├── UnknownKind          UNKNOWN_KIND
│   ├── ForbiddenTransition  FORBIDDEN_TRANSITION
│   ├── WrongMover           WRONG_MOVER
│   ├── RuleSetNotNext       RULE_SET_NOT_NEXT
│   ├── RuleSetTransition    RULE_SET_TRANSITION
│   ├── RuleSetRetroactive   RULE_SET_RETROACTIVE
│   ├── BasisNotInForce      BASIS_NOT_IN_FORCE
│   ├── BasisRevived         BASIS_REVIVED
│   ├── UnknownQuery         UNKNOWN_QUERY
│   ├── InvalidParameter     INVALID_PARAMETER
│   ├── QueryTooLarge        QUERY_TOO_LARGE
│   ├── QueryTooCostly       QUERY_TOO_COSTLY
│   ├── InvalidReceipt       INVALID_RECEIPT
│   ├── InvalidKeys          INVALID_KEYS
│   ├── InvalidSettings      INVALID_SETTINGS
│   ├── EndpointUnreachable  ENDPOINT_UNREACHABLE
│   └── NotServedYet         NOT_SERVED_YET
├── NotFound                 nothing is kept under that identifier
│   ├── UnitNotFound         UNKNOWN_UNIT
│   ├── NodeNotFound         UNKNOWN_NODE
│   ├── VerdictNotFound      UNKNOWN_VERDICT
│   ├── VerdictWithheld      VERDICT_WITHHELD
│   ├── KeyNotFound          UNKNOWN_KEY
│   ├── CasesNotLoaded       CASES_NOT_LOADED
│   ├── RegionNotFound       UNKNOWN_REGION
│   ├── RuleSetNotFound      UNKNOWN_RULE_SET
│   └── NoRuleSetInForce     NO_RULE_SET_IN_FORCE
├── RefusedData              a file or the catalogue breaks a rule; nothing of it was kept
│   ├── CatalogueRefused     CATALOGUE_REFUSED
│   └── ImportRefused        IMPORT_REFUSED
├── GraphProblem             Neo4j cannot serve the request now
│   ├── GraphUnavailable     GRAPH_UNAVAILABLE
│   ├── GraphBusy            GRAPH_BUSY
│   ├── GraphLoginRefused    GRAPH_LOGIN_REFUSED
│   ├── StatementTimedOut    STATEMENT_TIMED_OUT
│   ├── SchemaNewer          SCHEMA_NEWER
│   ├── SchemaOlder          SCHEMA_OLDER
│   ├── MigrationUnfinished  MIGRATION_UNFINISHED
│   ├── CatalogueMissing     CATALOGUE_MISSING
│   ├── StillWarmingUp       STILL_WARMING_UP
│   ├── Publishing           PUBLISHING
│   ├── LeaseLost            LEASE_LOST
│   └── ClockAhead           CLOCK_AHEAD
├── EvidenceProblem          what is answered cannot be recorded, or what was cannot be read
│   ├── VerdictStoreUnavailable  VERDICT_STORE_UNAVAILABLE
│   ├── VerdictStoreDamaged      VERDICT_STORE_DAMAGED
│   └── VerdictStoreNewer        VERDICT_STORE_NEWER
└── LocalServerProblem       the local Neo4j could not be provided
    ├── DownloadFailed       DOWNLOAD_FAILED
    ├── PortTaken            PORT_TAKEN
    ├── NotEnoughMemory      NOT_ENOUGH_MEMORY
    ├── ServerDidNotStart    SERVER_DID_NOT_START
    └── InstanceBusy         INSTANCE_BUSY

A class keeps its facts as attributes and writes its own sentences; `code` is public and never
changes. Whatever is no `HubError` is a bug: logged with its traceback, shown as `INTERNAL`.
"""

from hub.errors.base import (
    EvidenceProblem,
    GraphProblem,
    HubError,
    InvalidInput,
    LocalServerProblem,
    NotFound,
    RefusedData,
)
from hub.errors.evidence import (
    IdempotencyConflict,
    InvalidKeys,
    InvalidReceipt,
    InvalidReference,
    KeyNotFound,
    MatterConflict,
    MatterRequired,
    ReasonsRequired,
    ReviewNotRequired,
    VerdictNotFound,
    VerdictStoreDamaged,
    VerdictStoreNewer,
    VerdictStoreUnavailable,
    VerdictWithheld,
)
from hub.errors.graph import (
    ClockAhead,
    GraphBusy,
    GraphLoginRefused,
    GraphUnavailable,
    LeaseLost,
    MigrationUnfinished,
    Publishing,
    SchemaNewer,
    SchemaOlder,
    StatementTimedOut,
    StillWarmingUp,
)
from hub.errors.law import (
    BasisNotInForce,
    BasisRevived,
    CasesNotLoaded,
    CatalogueMissing,
    CatalogueRefused,
    ForbiddenTransition,
    ImportRefused,
    NoRuleSetInForce,
    RuleSetNotFound,
    RuleSetNotNext,
    RuleSetRetroactive,
    RuleSetTransition,
    WrongMover,
)
from hub.errors.question import (
    CapacityNotAllowed,
    CapacityRequired,
    InvalidIdentifier,
    InvalidInstant,
    KnownAtInFuture,
    NotOfSubject,
    PurposeRequired,
    RegionNotFound,
    TooManySubjects,
    UnitNotFound,
    UnitsOnly,
    UnknownCode,
    UnknownScenario,
    WrongSubjectKind,
)
from hub.errors.reading import (
    InvalidFilter,
    InvalidHops,
    InvalidPage,
    InvalidParameter,
    InvalidSearchText,
    NodeNotFound,
    QueryTooCostly,
    QueryTooLarge,
    UnknownKind,
    UnknownQuery,
)
from hub.errors.running import (
    DownloadFailed,
    EndpointUnreachable,
    InstanceBusy,
    InvalidSettings,
    NotEnoughMemory,
    NotServedYet,
    PortTaken,
    ServerDidNotStart,
)

__all__ = [
    "BasisNotInForce",
    "BasisRevived",
    "CapacityNotAllowed",
    "CapacityRequired",
    "CasesNotLoaded",
    "CatalogueMissing",
    "CatalogueRefused",
    "ClockAhead",
    "DownloadFailed",
    "EndpointUnreachable",
    "EvidenceProblem",
    "ForbiddenTransition",
    "GraphBusy",
    "GraphLoginRefused",
    "GraphProblem",
    "GraphUnavailable",
    "HubError",
    "IdempotencyConflict",
    "ImportRefused",
    "InstanceBusy",
    "InvalidFilter",
    "InvalidHops",
    "InvalidIdentifier",
    "InvalidInput",
    "InvalidInstant",
    "InvalidKeys",
    "InvalidPage",
    "InvalidParameter",
    "InvalidReceipt",
    "InvalidReference",
    "InvalidSearchText",
    "InvalidSettings",
    "KeyNotFound",
    "KnownAtInFuture",
    "LeaseLost",
    "LocalServerProblem",
    "MatterConflict",
    "MatterRequired",
    "MigrationUnfinished",
    "NoRuleSetInForce",
    "NodeNotFound",
    "NotEnoughMemory",
    "NotFound",
    "NotOfSubject",
    "NotServedYet",
    "PortTaken",
    "Publishing",
    "PurposeRequired",
    "QueryTooCostly",
    "QueryTooLarge",
    "ReasonsRequired",
    "RefusedData",
    "RegionNotFound",
    "ReviewNotRequired",
    "RuleSetNotFound",
    "RuleSetNotNext",
    "RuleSetRetroactive",
    "RuleSetTransition",
    "SchemaNewer",
    "SchemaOlder",
    "ServerDidNotStart",
    "StatementTimedOut",
    "StillWarmingUp",
    "TooManySubjects",
    "UnitNotFound",
    "UnitsOnly",
    "UnknownCode",
    "UnknownKind",
    "UnknownQuery",
    "UnknownScenario",
    "VerdictNotFound",
    "VerdictStoreDamaged",
    "VerdictStoreNewer",
    "VerdictStoreUnavailable",
    "VerdictWithheld",
    "WrongMover",
    "WrongSubjectKind",
]
