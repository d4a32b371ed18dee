"""The environment as one frozen `Settings`; every variable starts with ``BACKSTORY_``."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HOOKS = ("patient-view", "order-select", "order-sign", "encounter-start", "problem-list-item-create")


class Settings(BaseSettings):
    """How one process runs. Sizes are bytes, times milliseconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix="BACKSTORY_", frozen=True, extra="ignore")

    open: bool = Field(default=False, description="Answer anybody, without authentication")
    open_anywhere: bool = Field(default=False, description="Let open mode listen beyond loopback")
    clients: Path | None = Field(default=None, description="TOML file of the trusted CDS clients")
    site: Path | None = Field(default=None, description="site.toml: what this hospital changes")
    max_body: int = Field(default=5_000_000, ge=1_000, description="Largest request body")
    max_depth: int = Field(default=64, ge=8, le=500, description="Deepest nesting of a request body")
    time_zone: str = Field(default="UTC", description="Time zone whose calendar day is 'today' for hook calls")
    source_url: str = Field(default="https://backstory.example", description="source.url on every card")
    source_label: str = Field(default="Backstory FBSS rules (draft)", description="source.label on every card")
    drain_seconds: int = Field(default=20, ge=1, le=600, description="Seconds to finish running calls on shutdown")
    hooks: str = Field(
        default="patient-view,order-select,order-sign",
        description="Hooks offered, with commas; encounter-start and problem-list-item-create exist too",
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("hooks")
    @classmethod
    def _known_hooks(cls, value: str) -> str:
        if unknown := sorted({name.strip() for name in value.split(",")} - set(HOOKS) - {""}):
            raise ValueError(f"no such hook: {', '.join(unknown)}; there are {', '.join(HOOKS)}")
        return value

    @property
    def hooks_on(self) -> frozenset[str]:
        return frozenset(name.strip() for name in self.hooks.split(",")) - {""}

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        ZoneInfo(value)
        return value
