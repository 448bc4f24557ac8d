@epic:Use
Feature: Signed mail
  The cardholder signs mail on the phone with the derived signature credential. It goes over SMTP to two correspondents.
  One verifies it with openssl, the other with gpgsm, which fetches CRLs through dirmngr. Both have to say the same.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: What the signature credential signed is accepted

    @use @DPC-SIG-KU-01
    Scenario: Both correspondents accept a mail that the cardholder signed
      When the cardholder signs a mail to both correspondents
      Then both programs accept it, and it is built as S/MIME demands

  Rule: Everything else is refused

    Background:
      Given both correspondents have accepted a mail that the cardholder signed

    @use @negative @DPC-SIG-KU-01
    Scenario: A mail that was changed on its way is refused
      When somebody changes the text of the mail on its way
      Then both programs refuse the mail because its content was changed

    @use @negative @DPC-SIG-SAN-01
    Scenario: A mail that claims another sender than the certificate names is refused
      When somebody delivers the mail once more under the name of another sender
      Then both programs refuse the mail because the sender's address is not in the certificate

    @use @negative @DPC-SIG-EKU-01
    Scenario: The authentication credential signs no mail
      When the phone signs a mail with the authentication credential
      Then both programs refuse the mail because the certificate is not for mail

    @use @negative @DPC-KM-USE-01
    Scenario: The key management credential signs no mail
      When the phone signs a mail with the key management credential
      Then both programs refuse the mail because the certificate is not for mail

    @use @negative @DPC-LC-RP-01
    Scenario: A mail is refused whose signature certificate has expired
      When the signature certificate has expired
      Then both programs refuse the mail because the certificate has expired

    @use @negative @DPC-LC-RP-01
    Scenario: A mail is refused while nobody knows the status of the signature certificate
      When the status services have been silent until every CRL ran out
      Then both programs refuse the mail because the status of the certificate is unknown
