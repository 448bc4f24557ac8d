@epic:Issuance
Feature: Documents before a reviewer
  Who assesses an issuer reads its documents. What of them a machine can read is read here: that they exist, are dated and
  approved, have not changed since, cover what is in use, and say what the issuer does.

  Background:
    Given the cardholder has a derived credential on the phone

  @DPC-ISS-DOC-01
  Scenario: Every process of a credential's life is documented
    When the issuer lays its documents before a reviewer
    Then each process has a document that is dated and approved

  @DPC-ISS-DEVICE-03
  Scenario: The capabilities of each model of device are established
    When the issuer lays its documents before a reviewer
    And the device manager tells which devices the cardholder has
    Then an approved document establishes what the model of each device can do

  @DPC-LC-POLICY-01
  Scenario: The issuer maintains credentials as its practice statement says
    When the issuer lays its documents before a reviewer
    And it shows what it is configured to do about issued certificates
    And the phone asks for another certificate for the same key, and then for a new one
    Then documents, configuration and behaviour agree
