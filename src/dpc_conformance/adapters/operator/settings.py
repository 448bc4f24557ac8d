"""What a target says where a person plays a role."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

LANGUAGE = "en or nl: the language of the captions on the product's screens"
ANSWERS = "a file of answers that another run has kept (answers.jsonl), in place of a terminal"


class PersonSettings(BaseModel):
    """Keys of every role that a person plays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Literal["en", "nl"] = Field("en", description=LANGUAGE)
    answers: Path | None = Field(None, description=ANSWERS)


class WorkstationSettings(PersonSettings):
    """The table `roles.workstation`."""

    card_certificate: Path | None = Field(
        None, description="the PIV Authentication certificate (PEM or DER) of the cardholder's card"
    )


class IdentityProviderSettings(PersonSettings):
    """The table `roles.identity_provider`."""

    device_login_address: str = Field("https://microsoft.com/devicelogin", description="where the code is entered")


class IssuerSettings(PersonSettings):
    """The table `roles.issuer`."""

    kiosk_address: str = Field(description="the start page of the kiosk, or the name of its program")
    enrolment_address: str = Field(description="the address in its QR codes, without the secret")
    trust: Path | None = Field(None, description="a folder of certificates (PEM or DER) of its authorities")
    crls: Path | None = Field(None, description="a folder of the CRLs (DER) of its authorities")
