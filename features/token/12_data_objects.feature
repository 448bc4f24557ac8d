@epic:Token
Feature: Which data objects there are
  SP 800-157r1 App. B.1.2 Table 1: what the application may hold, and what it has no use for.

  Background:
    Given a removable token with its activation secret

  @DPC-APP-OBJ-OPT-01
  Scenario: Optional objects may be missing
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement        | in words                                                                                            |
      | DPC-APP-OBJ-OPT-01 | An optional object may be missing, which reads as 6A82; one that there is, is an object of its kind |

  @DPC-APP-OBJ-ABSENT-01
  Scenario: Objects of a PIV Card that have no role here are not on the token
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement           | in words                                                                                                 |
      | DPC-APP-OBJ-ABSENT-01 | CCC, CHUID, biometrics, printed information and the card authentication certificate are not on the token |

  @DPC-APP-OBJ-ORDER-01
  Scenario: Every object comes whole, its elements in order
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement          | in words                                                                                      |
      | DPC-APP-OBJ-ORDER-01 | GET DATA gives each object whole, with its elements in the order of SP 800-73-5 part 1 App. A |
