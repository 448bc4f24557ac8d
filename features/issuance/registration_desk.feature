@epic:Issuance
Feature: The registration desk
  A hardware credential is for applicants whom an operator of the registration authority has seen with the PIV Card,
  in person or at a supervised remote station, and has compared with a biometric of the cardholder.

  Rule: An operator logs on with a certificate whose key is in hardware

    @DPC-ISS-RA-01 @control
    Scenario: An operator with a PIV Card registers an applicant
      Given the operator of the registration desk has logged on with a PIV Card
      When the cardholder visits the registration desk
      Then the applicant was registered by an operator who logged on with a hardware certificate

    @DPC-ISS-RA-01 @negative
    Scenario Outline: An operator is not logged on with <means>
      Given the cardholder waits at the registration desk
      When the operator of the registration desk logs on with <means>
      Then the log-on is refused because <reason>
      And nobody was registered

      Examples:
        | means                                  | reason                                 |
        | a name and a password                  | there is no certificate                |
        | a certificate whose key is in software | the policy is not one of hardware keys |

  Rule: The applicant appears before somebody

    @DPC-ISS-INPERSON-01 @control
    Scenario Outline: An applicant who appears <how> gets a hardware credential
      Given the scanner of the phone waits for a QR code
      When the cardholder appears <how> and fetches a hardware credential
      Then the applicant appeared before an operator

      Examples:
        | how                           |
        | in person                     |
        | at a supervised remote station |

    @DPC-ISS-INPERSON-01 @negative
    Scenario: Self-service hands out no hardware credential
      Given the cardholder has signed in at the kiosk with the card and its PIN
      When the cardholder asks there for a hardware credential
      Then the hardware credential is refused because nobody has seen the applicant
      And nothing was issued

    @DPC-ISS-INPERSON-01 @negative
    Scenario: An applicant at a station without supervision is not registered
      When the cardholder appears at a station without supervision
      Then the registration is refused because nobody has seen the applicant
      And nobody was registered

  Rule: The applicant is compared with a biometric of the cardholder

    @DPC-ISS-BIO-01 @DPC-ISS-BIO-02 @control
    Scenario: The comparison is on record, and its sample is kept
      Given the scanner of the phone waits for a QR code
      When the cardholder appears in person and fetches a hardware credential
      Then the record of the credential has the comparison with its result, matcher, source and operator
      And the archive keeps the sample until three years after the certificate has expired

    @DPC-ISS-BIO-01 @negative
    Scenario Outline: An applicant <who> is not registered
      When the cardholder visits the registration desk and <who>
      Then the registration is refused because <reason>
      And nobody was registered

      Examples:
        | who                           | reason                              |
        | is not compared with the card | there was no biometric comparison   |
        | does not match the card       | the comparison found somebody else  |

    @DPC-ISS-BIO-02 @negative
    Scenario: A comparison whose sample is not kept is not enough
      When the cardholder visits the registration desk and the sample is not kept
      Then the registration is refused because there is no sample
      And nobody was registered

  Rule: Where no match can be made, a second document takes its place

    @DPC-ISS-BIO-03 @control
    Scenario: An applicant without a match shows a second identity document
      Given the scanner of the phone waits for a QR code
      When the cardholder cannot be matched, shows a second identity document, and fetches a hardware credential
      Then the record has the document's number, the verifier's declaration, a sample and the time

    @DPC-ISS-BIO-03 @negative
    Scenario Outline: Without a match an applicant is not registered without <what>
      When the cardholder cannot be matched and is registered without <what>
      Then the registration is refused because the identity evidence is incomplete
      And nobody was registered

      Examples:
        | what                       |
        | a second identity document |
        | the verifier's declaration |

  Rule: In every later transaction the applicant is identified again

    @DPC-ISS-BIO-04 @control
    Scenario Outline: The credential is fetched the next day after a comparison with <source>
      Given the scanner of the phone waits for a QR code
      And the cardholder was registered the day before
      When the cardholder is compared with <source> and fetches a hardware credential
      Then the applicant was identified by a biometric in each transaction

      Examples:
        | source                           |
        | the card                         |
        | the sample of the day before     |

    @DPC-ISS-BIO-04 @negative
    Scenario: The next day nobody is served at the desk without a comparison
      Given the cardholder was registered the day before
      When the cardholder comes again and is not compared
      Then the registration is refused because the applicant was not identified again
      And nobody more was registered

    @DPC-ISS-INPERSON-01 @negative
    Scenario: The next day self-service hands out nothing upon the registration
      Given the cardholder was registered the day before
      And the cardholder has signed in at the kiosk with the card and its PIN
      When the cardholder asks there for a hardware credential
      Then the hardware credential is refused because nobody has seen the applicant
      And nothing was issued
