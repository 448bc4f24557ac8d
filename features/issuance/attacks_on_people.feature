@epic:Issuance
Feature: Attacks on people
  Work credentials other than the card are guessed, overheard and phished; the kiosk takes none of them.

  @DPC-ISS-PKIAUTH-01
  Scenario Outline: The kiosk signs in nobody by <means>
    When somebody signs in at the kiosk by <means>
    Then the kiosk refuses because there is no certificate
    And nothing was issued

    Examples:
      | means                                |
      | name and password                    |
      | name, password and one-time code     |
