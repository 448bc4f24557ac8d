@epic:Use
Feature: Encrypted mail
  Correspondents encrypt mail to the cardholder's key management certificates, with openssl and with gpgsm. The phone opens
  it with the key that the issuer delivered, and old mail with each key that came back out of escrow.

  Rule: The phone opens what was encrypted to the cardholder

    Background:
      Given earlier keys of the cardholder are in escrow, an EC key and an RSA key
      And the cardholder has a derived credential on the phone
      And the phone has recovered the earlier keys

    @use @DPC-KM-MATCH-01 @DPC-KM-REC-07
    Scenario: Mail to the current key and to each earlier key is read on the phone
      When the correspondents write to each key of the cardholder
      Then each key on the phone belongs to the certificate beside it
      And the current key and the earlier ones are on the phone

    @use @DPC-KM-MATCH-01
    Scenario: The phone opens what is encrypted in other ways
      When the correspondents write to each key of the cardholder
      And the correspondents write in these ways
        | program     | key | content     | key wrapping      |
        | openssl cms | EC  | AES-128-CBC | ECDH              |
        | openssl cms | EC  | AES-256-GCM | ECDH              |
        | openssl cms | RSA | AES-256-CBC | RSA-OAEP          |
        | openssl cms | RSA | AES-128-GCM | RSA-OAEP          |
        | gpgsm       | RSA | AES-128-CBC | RSA, PKCS #1 v1.5 |
      Then each key on the phone belongs to the certificate beside it

  Rule: Nobody encrypts to a certificate that is not for it

    Background:
      Given the cardholder has a derived credential on the phone

    @use @negative @DPC-SIG-KEY-02
    Scenario: The correspondents do not encrypt to the signature certificate
      When the correspondents are to encrypt to the cardholder's signature certificate
      Then each refuses because the certificate is not for encryption, and no mail was sent

    @use @negative @DPC-SIG-KEY-02
    Scenario: The phone does not encrypt to a correspondent's signature certificate
      Given the correspondents have opened what the cardholder encrypted to them
      When the phone is to encrypt to the certificates with which the correspondents only sign
      Then each refuses because the certificate is not for encryption, and no mail was sent
