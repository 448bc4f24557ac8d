@epic:Issuance
Feature: The archive
  Somebody may ask years later who got a certificate and why. The records outlive the certificate by three years.

  @DPC-ISS-AUDIT-02
  Scenario: The records of an issuance are there three years after the certificate expired
    Given the cardholder has a derived credential on the phone
    When an assessor looks at the records of the issuance
    And the certificate has been expired for almost three years
    Then the same records are still there
