"""A passkey made of software, so that the whole ceremony is walked and nothing of it is faked on our side."""

import hashlib
import json
import secrets

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

SITE, ORIGIN = "testserver", "http://testserver"


class Passkey:
    def __init__(self, user):
        self.user = user
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.site = hashlib.sha256(SITE.encode()).digest()

    def made(self, challenge):
        """The answer to "make a passkey", as a browser posts it."""
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(self.site, flags, 0, credential)
        client = self.client_data("webauthn.create", challenge)
        return self.posted(clientDataJSON=client, attestationObject=bytes(AttestationObject.create("none", data, {})))

    def shown(self, challenge):
        """The answer to "show the passkey", with the person checked by the device."""
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        data = AuthenticatorData.create(self.site, flags, 1)
        client = self.client_data("webauthn.get", challenge)
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self.posted(
            clientDataJSON=client,
            authenticatorData=bytes(data),
            signature=signature,
            userHandle=user_pk_to_url_str(self.user).encode(),
        )

    def client_data(self, kind, challenge):
        return bytes(CollectedClientData.create(type=kind, challenge=challenge, origin=ORIGIN))

    def posted(self, **response):
        answer = {name: websafe_encode(value) for name, value in response.items()}
        own_id = websafe_encode(self.id)
        return json.dumps(
            {
                "id": own_id,
                "rawId": own_id,
                "type": "public-key",
                "response": answer,
                "clientExtensionResults": {},
                "authenticatorAttachment": "platform",
            }
        )
