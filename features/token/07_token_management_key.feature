@epic:Token
Feature: The token management key
  Key 9B opens the token to whoever manages it (SP 800-73-5 part 2 §2.4.2, §3.2.4, App. A.1).

  Background:
    Given the derived PIV application is selected

  Rule: External authentication

    @DPC-APDU-GA-11 @destructive
    Scenario: Each challenge is fresh and is answered once
      Then the token answers
        | command                           | APDU                            | status word | answer            |
        | ask for a challenge               | {challenge of 9B}               | 9000        | a fresh challenge |
        | reply                             | {reply to the challenge}        | 9000        | nothing           |
        | the same reply once more          | {former reply to the challenge} | an error    | nothing           |
        | ask for another challenge         | {challenge of 9B}               | 9000        | a fresh challenge |
        | the reply to the former challenge | {former reply to the challenge} | an error    | nothing           |
        | ask for a third challenge         | {challenge of 9B}               | 9000        | a fresh challenge |
        | reply                             | {reply to the challenge}        | 9000        | nothing           |
        | power off and on, SELECT          | {reset}                         | 9000        |                   |
        | ask for a challenge               | {challenge of 9B}               | 9000        | a fresh challenge |
        | the reply from before             | {former reply to the challenge} | an error    | nothing           |

    @DPC-APDU-GA-11 @destructive
    Scenario: Each witness is fresh and is answered once
      Where the token authenticates itself, too, it gives a witness in place of a challenge (App. A.2).
      Then the token answers
        | command                          | APDU                           | status word | answer          | where the token has   |
        | ask for a witness                | {witness of 9B}                | 9000        | a fresh witness | mutual authentication |
        | answer                           | {answer to the witness}        | 9000        |                 | mutual authentication |
        | the same answer once more        | {former answer to the witness} | an error    | nothing         | mutual authentication |
        | ask for another witness          | {witness of 9B}                | 9000        | a fresh witness | mutual authentication |
        | the answer to the former witness | {former answer to the witness} | an error    | nothing         | mutual authentication |
        | ask for a third witness          | {witness of 9B}                | 9000        | a fresh witness | mutual authentication |
        | answer                           | {answer to the witness}        | 9000        |                 | mutual authentication |

    @DPC-APDU-GA-12 @destructive
    Scenario: Who fails to authenticate is no administrator any more
      Then the token answers
        | command             | APDU                           | status word          |
        | ask for a challenge | {challenge of 9B}              | 9000                 |
        | reply               | {reply to the challenge}       | 9000                 |
        | PUT DATA 5FC120     | {put 5FC120 with 20 bytes}     | 9000                 |
        | ask for a challenge | {challenge of 9B}              | 9000                 |
        | a wrong reply       | {wrong reply to the challenge} | 6982 or 6A80 or 63xx |
        | PUT DATA 5FC120     | {put 5FC120 with 30 bytes}     | 6982                 |

  Rule: The key itself

    @DPC-CRY-ADMIN-01
    Scenario: The token management key is strong enough
      Given the token management key was authenticated
      Then the token management key is an AES key

    @DPC-CRY-ADMIN-02 @destructive
    Scenario: The token management key is the key of this token alone
      Given the token management key was authenticated
      Then neither another token's key nor a factory key is accepted
