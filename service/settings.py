"""The environment as one frozen `Settings`; every variable starts with ``BACKSTORY_``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.domain import addresses

_PREFIX = "BACKSTORY_"
HOOKS = ("patient-view", "order-select", "order-sign", "encounter-start", "problem-list-item-create")


class Settings(BaseSettings):
    """How one process runs. Sizes are bytes, times milliseconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    open: bool = Field(default=False, description="Answer anybody, without authentication")
    open_anywhere: bool = Field(default=False, description="Let open mode listen beyond loopback")
    clients: Path | None = Field(default=None, description="TOML file of the trusted CDS clients")
    site: Path | None = Field(default=None, description="site.toml: what this hospital changes")
    max_body: int = Field(default=5_000_000, ge=1_000, description="Largest request body")
    max_in_flight: int = Field(
        default=24_000_000, ge=10_000, description="Request bytes under way in one process, beyond which calls get 503"
    )
    max_waiting: int = Field(
        default=64, ge=1, le=1_000, description="Large charts that wait in one process, beyond which calls get 503"
    )
    max_header_bytes: int = Field(default=65_536, ge=4_096, description="Largest head of a request, all headers")
    max_headers: int = Field(default=100, ge=20, description="Most headers of a request")
    header_seconds: float = Field(default=20, gt=0, le=300, description="Seconds for a request to send its headers")
    max_connections: int = Field(default=512, ge=8, description="Most connections of one process")
    max_depth: int = Field(default=64, ge=8, le=500, description="Deepest nesting of a request body")
    time_zone: str = Field(default="UTC", description="Time zone whose calendar day is 'today' for hook calls")
    source_url: str = Field(default="", description="source.url on every card; none when empty")
    app_url: str = Field(
        default="", description="SMART launch address of the page with the whole reasoning, on every card"
    )
    app_scope: str = Field(
        default="openid fhirUser patient/*.rs",
        description="What the page at /app asks an EHR for; add patient/QuestionnaireResponse.c to write answers back",
    )
    app_examples: Path | None = Field(
        default=None, description="Folder of charts (Bundles) that the page offers to choose from, in open mode only"
    )
    hide_known: bool = Field(default=True, description="Offer 'Known: hide for 90 days' and honour it")
    source_label: str = Field(default="Backstory FBSS rules (draft)", description="source.label on every card")
    drain_seconds: int = Field(default=20, ge=1, le=600, description="Seconds to finish running calls on shutdown")
    hooks: str = Field(
        default="patient-view,order-select,order-sign",
        description="Hooks offered, with commas; encounter-start and problem-list-item-create exist too",
    )
    drain_seconds_before_close: float = Field(
        default=0, ge=0, le=300, description="Seconds between 'not ready' and closed on SIGTERM; 5 behind a balancer"
    )
    keep_alive_seconds: int = Field(default=75, ge=1, le=3600, description="How long an idle connection stays open")
    silent: bool = Field(default=False, description="Evaluate and count, but send no cards")
    fetch_budget_ms: int = Field(
        default=400, ge=50, le=5_000, description="Milliseconds for everything that is fetched from an EHR in one call"
    )
    fetch_max_body: int = Field(default=5_000_000, ge=1_000, description="Largest answer of an EHR to one query")
    fetch_documents: int = Field(
        default=20,
        ge=0,
        le=200,
        description="Newest documents fetched in one call where the chart only points to them; 0 fetches none",
    )
    fhir_servers: str = Field(
        default="", description="FHIR base addresses that anybody may name in open mode, with commas; else loopback"
    )
    ca_file: Path | None = Field(default=None, description="PEM file of the hospital's own certificate authorities")
    cors_origins: str = Field(
        default="", description="Origins of browser clients, with commas, such as https://ehr.example; none by default"
    )
    jwt_leeway_seconds: int = Field(default=30, ge=0, le=120, description="How far a client's clock may be off")
    replay_store: str = Field(
        default="",
        description="Redis or Valkey in which all processes remember used tokens, such as redis://host:6379/0 or "
        "rediss://; needs the extra 'shared'. With a password: by extraEnv, from a Secret",
    )
    otel: bool = Field(default=False, description="Export OpenTelemetry traces; needs the extra 'otel'")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("hooks")
    @classmethod
    def _known_hooks(cls, value: str) -> str:
        if unknown := sorted({name.strip() for name in value.split(",")} - set(HOOKS) - {""}):
            raise ValueError(f"no such hook: {', '.join(unknown)}; there are {', '.join(HOOKS)}")
        return value

    @property
    def hooks_on(self) -> frozenset[str]:
        return frozenset(name.strip() for name in self.hooks.split(",")) - {""}

    @field_validator("cors_origins")
    @classmethod
    def _exact_origins(cls, value: str) -> str:
        for each in listed(value):
            if not _is_origin(each):
                raise ValueError("each must be an exact origin such as https://ehr.example: no path, no wildcard")
        return value

    @field_validator("fhir_servers")
    @classmethod
    def _fhir_bases(cls, value: str) -> str:
        for each in listed(value):
            if addresses.parse(each).query:
                raise ValueError("each must be a FHIR base address such as https://ehr.example/fhir")
        return value

    @field_validator("replay_store")
    @classmethod
    def _store(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://")):
            raise ValueError("must begin with redis:// or rediss://")
        return value

    @property
    def cors_origins_listed(self) -> tuple[str, ...]:
        return listed(self.cors_origins)

    @property
    def fhir_servers_listed(self) -> tuple[str, ...]:
        return listed(self.fhir_servers)

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("no such time zone; write it like Europe/Zurich") from None
        return value


def unknown(environment: Iterable[str]) -> list[str]:
    """Variables that begin like ours and are none: most likely misspelt, and without effect."""
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    return sorted(name for name in environment if name.startswith(_PREFIX) and name not in known)


def _is_origin(text: str) -> bool:
    try:
        return addresses.parse(text).origin == text
    except ValueError:
        return False


def listed(value: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in value.split(",") if each.strip())
