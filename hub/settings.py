"""All settings, each an environment variable `HUB_…`; the only place that reads the environment."""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_state_path
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hub.errors import InvalidSettings
from hub.text import Text

_URI_SCHEMES = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")


def _installation() -> str:
    """Name of this installation: one virtual environment is one hub, two are two."""
    folder = Path(sys.prefix)
    home = folder.parent if folder.name in {".venv", "venv"} else folder
    return f"{home.name}-{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"


def _names_a_server(uri: str) -> bool:
    with suppress(ValueError):  # a port that is no number, a bracket left open
        parts = urlsplit(uri)
        return parts.hostname is not None and parts.port != 0
    return False


class Settings(BaseSettings):
    """Frozen; every field has a default that is right for a first run on one machine."""

    model_config = SettingsConfigDict(env_prefix="HUB_", frozen=True, extra="ignore")

    profile: Literal["development", "production"] = Field(
        "development", description="运行方式；production 在能验明调用者身份前拒绝启动"
    )
    host: str = Field("127.0.0.1", description="GraphQL 监听地址；development 只接受本机回环地址")
    port: int = Field(8000, ge=0, le=65535, description="GraphQL 监听端口")
    statement_timeout_ms: int = Field(
        5_000, ge=1, le=600_000, description="单条 Cypher 语句的时限（毫秒）"
    )
    pool_size: int = Field(16, ge=1, le=1_000, description="到 Neo4j 的最多连接数")

    neo4j_uri: str | None = Field(
        None, description="自有 Neo4j、集群或 Aura 的地址；不设则使用本地 Neo4j"
    )
    neo4j_user: str = Field("neo4j", description="Neo4j 用户名")
    neo4j_password: SecretStr | None = Field(None, description="HUB_NEO4J_URI 所指服务器的密码")
    neo4j_database: str = Field("neo4j", description="数据库名")

    instance: str = Field(
        default_factory=_installation,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
        description="本地 Neo4j 的名字；默认每个虚拟环境一个",
    )
    state_dir: Path = Field(
        default_factory=lambda: user_state_path("chengxin-hub"),
        description="本地 Neo4j 的数据与密码",
    )
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("chengxin-hub"), description="下载的 Neo4j 程序"
    )
    neo4j_bolt_port: int | None = Field(
        None,
        ge=1,
        le=65535,
        description="本地 Neo4j 的 Bolt 端口；不设则 7687，被占用时另选空闲端口",
    )
    neo4j_http_port: int | None = Field(
        None,
        ge=1,
        le=65535,
        description="本地 Neo4j Browser 端口；不设则 7474，被占用时另选空闲端口",
    )
    neo4j_heap_mb: int = Field(512, ge=256, description="本地 Neo4j 的堆内存上限（MiB）")
    neo4j_pagecache_mb: int = Field(128, ge=16, description="本地 Neo4j 的页缓存（MiB）")

    verdict_store: Literal["on", "off"] = Field(
        "on", description="回答前留痕；off 仅供 development 测速"
    )
    verdict_dir: Path | None = Field(None, description="留痕卷所在目录；不设则在状态目录中")
    verdict_volumes: str = Field("", description="一并查找的其他留痕卷目录，以 : 分隔")
    verdict_keys: Path | None = Field(None, description="自备的密钥文件；不设则自动生成")
    receipt_keys: Path | None = Field(
        None, description="回执签名密钥文件；不设则自动生成，production 须指明"
    )
    receipt_issuer: str = Field("诚信枢纽", min_length=1, description="回执的出具方")

    @field_validator("neo4j_uri")
    @classmethod
    def _known_scheme(cls, uri: str | None) -> str | None:
        if uri is not None and not uri.startswith(_URI_SCHEMES):
            raise ValueError(f"must start with one of {', '.join(_URI_SCHEMES)}")
        if uri is not None and not _names_a_server(uri):
            raise ValueError("must name a host, and a port in digits if any")
        return uri

    @field_validator("verdict_store")
    @classmethod
    def _recorded_in_production(cls, given: str, others: ValidationInfo) -> str:
        if given == "off" and others.data.get("profile") == "production":
            raise ValueError("production records every answer")
        return given

    @property
    def verdict_folder(self) -> Path:
        """Where the volumes of this host's processes lie."""
        return self.verdict_dir or self.state_dir / self.instance / "verdicts"

    @property
    def verdict_key_file(self) -> Path:
        """Made on first use; apart from the volumes, so that a copy of them tells nothing."""
        return self.state_dir / self.instance / "verdict-keys.json"

    @property
    def receipt_key_file(self) -> Path:
        """Made on first use where none was named."""
        return self.receipt_keys or self.state_dir / self.instance / "receipt-keys.json"

    @property
    def person_key_file(self) -> Path:
        """Made on first use; in no backup of the graph, or erasing would undo nothing."""
        return self.state_dir / self.instance / "person-keys.sqlite"

    @property
    def further_verdict_folders(self) -> list[Path]:
        return [Path(folder) for folder in self.verdict_volumes.split(os.pathsep) if folder]

    @property
    def statement_timeout(self) -> float:
        """In seconds, as the driver wants it."""
        return self.statement_timeout_ms / 1_000


def load_settings() -> Settings:
    """Read the environment. Raises `InvalidSettings` naming the first wrong variable."""
    try:
        return Settings()  # pyright: ignore[reportCallIssue]  # every field has a default
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        about = Settings.model_fields[field].description
        reason = Text(f"取值 {first['input']!r} 不合要求（{about}）", first["msg"])
        raise InvalidSettings(f"HUB_{field.upper()}", reason) from error
