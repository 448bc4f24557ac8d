@epic:Token
Feature: The application property template
  SP 800-73-5 part 2 §3.1.1: what SELECT says of the application.

  Background:
    Given a removable token with its activation secret

  @DPC-APP-APT-01
  Scenario: SELECT names the application and its authority
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement    | in words                                                                               |
      | DPC-APP-APT-01 | SELECT is answered with 61 {4F, 79 {4F}}, which name the application and its authority |

  @DPC-APP-APT-02
  Scenario: The algorithms are listed, and one cipher suite where there is secure messaging
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement    | in words                                                                                                      |
      | DPC-APP-APT-02 | Tag AC lists algorithms, each in an 80, with 06 01 00; secure messaging shows as one of 27 and 2E, never both |
