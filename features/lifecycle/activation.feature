@epic:Lifecycle
Feature: Activation secret of the phone
  The cardholder's secret is what the derived key is worth: it is long enough, the cardholder alone changes it, it goes
  nowhere, and without it the key serves nobody, on this phone or elsewhere.

  Rule: The secret is long enough and stays on the phone

    @DPC-ACT-LEN-02
    Scenario: Activation secrets of three and of five characters are refused
      Given the phone has redeemed the QR code
      When the cardholder chooses activation secrets of three and of five characters, and then a long one
      Then no activation secret below the minimum was taken

    @DPC-ACT-CHANNEL-01 @DPC-ACT-DISPLAY-01
    Scenario: The activation secret goes nowhere
      Given the cardholder has a derived credential on the phone
      When the cardholder changes the activation secret with the current one
      Then the activation secret was transmitted to nobody
      And no screen or log of the phone shows it

  Rule: Only the current secret allows another one

    @DPC-ACT-CHANGE-01
    Scenario: The cardholder changes the activation secret
      Given the cardholder has a derived credential on the phone
      When the cardholder changes the activation secret with the current one
      And the key is activated with the secret that counts now and with the first one
      Then the secret that counts is the one that was chosen with the current one

    @DPC-ACT-CHANGE-01
    Scenario Outline: Somebody with the unlocked phone and <authority> changes nothing
      Given the cardholder has a derived credential on the phone
      When somebody unlocks the phone and changes the activation secret with <authority>
      And the key is activated with the secret that counts now
      Then the secret that counts is the one that was chosen with the current one

      Examples:
        | authority      |
        | no secret      |
        | a wrong secret |

    @DPC-ACT-RETRY-01
    Scenario: Wrong secrets count where the secret is changed, too
      Given the cardholder has a derived credential on the phone
      When the activation secret is changed ten times with a wrong one
      Then the right activation secret is not accepted either

  Rule: An activated key does not stay active

    @DPC-ACT-EACH-01
    Scenario: A key that was activated ahead serves one use
      Given the cardholder has a derived credential on the phone
      When the cardholder activates the key ahead and opens the web application twice
      Then the key was used once

    @DPC-ACT-DEACT-01
    Scenario: Inactivity deactivates the key
      Given the cardholder has a derived credential on the phone
      When the cardholder activates the key ahead and leaves the phone idle
      Then the key needs a new activation

    @DPC-ACT-DEACT-01
    Scenario: Log-out deactivates the key
      Given the cardholder has a derived credential on the phone
      When the cardholder activates the key ahead, and locks and unlocks the phone
      Then the key needs a new activation

    @DPC-ISS-ACTSET-01
    Scenario: No interface uses a key right after issuance without the activation secret
      Given the cardholder has a derived credential on the phone
      When every interface of the phone is asked for a private key, without the activation secret and with it
      Then private keys were used with the activation secret only

  Rule: A hardware key is on this phone and nowhere else

    @DPC-ACT-RETRY-04
    Scenario: The phone locks its keys at the number of attempts that it states
      Given the cardholder has a hardware credential on the phone
      When wrong activation secrets are typed as often as the phone says it allows
      Then the keys are disabled from then on

    @DPC-ACT-EXPORT-01
    Scenario: Neither export nor backup yields a private key
      Given the cardholder has a hardware credential on the phone
      When somebody asks the phone for its key and restores its backup on another phone
      Then no private key left the phone
