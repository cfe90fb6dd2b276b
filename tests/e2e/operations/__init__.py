"""Every operation of the management API through the unmodified SDK. One module an area of the contract.

A module has one function `drive(driver, world)`, which calls all operations of its area: the good case of each, lists
to their end, what was written read back member by member, and the documented refusals.
"""
