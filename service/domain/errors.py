"""The errors of the service, each with the sentence a caller can act on; only the web edge turns them into statuses.

ServiceError
├── BadRequest        the call cannot be read                              400
│   └── TooLarge      the call is over a limit                             413
├── MissingData       required data could not be had                       412
├── Unauthorised      no or no valid token                                 401
├── UnknownService    no such CDS service                                  404
├── UnknownResource   no such FHIR resource is kept here                   404
├── NotAcceptable     the caller wants another format than JSON            406
├── UnsupportedMedia  the body is in another format than JSON              415
├── Busy              too much is under way in this process                503
├── RuleError         a rule, value set or site file is wrong: no start    500
└── EngineError       the rules engine failed: a bug, never "no findings"  500
"""

from __future__ import annotations


class ServiceError(Exception):
    """A failure with a sentence that names no patient data."""


class BadRequest(ServiceError):
    pass


class TooLarge(BadRequest):
    pass


class MissingData(ServiceError):
    pass


class Unauthorised(ServiceError):
    """``check`` names the one that failed, for the log only: a caller is never told."""

    def __init__(self, sentence: str, check: str = "") -> None:
        super().__init__(sentence)
        self.check = check


class UnknownService(ServiceError):
    pass


class UnknownResource(ServiceError):
    pass


class NotAcceptable(ServiceError):
    pass


class UnsupportedMedia(ServiceError):
    pass


class Busy(ServiceError):
    pass


class EngineError(ServiceError):
    pass
