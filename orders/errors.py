"""What this room refuses. Every message is one line: the thing, then the mend."""


class OrdersError(Exception):
    """Base of this room's errors."""

    error_id = "orders"


class CaseUnknown(OrdersError):
    """No case has this number."""

    error_id = "case-unknown"

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no case {number}; `lianxin case list` shows those there are")


class MoveRefused(OrdersError):
    """A case cannot go from the state it is in to the one that was asked for."""

    error_id = "case-move-refused"


class PromiseRefused(OrdersError):
    """A case takes no promise, or not for that moment."""

    error_id = "promise-refused"


class CommitmentsInvalid(OrdersError):
    """A profile of commitments cannot be read, or lacks something."""

    error_id = "commitments-invalid"


class DistrictUnknown(OrdersError):
    """No district has this key."""

    error_id = "district-unknown"

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no district {key!r}; `lianxin district list` shows those there are")


class DistrictRefused(OrdersError):
    """A district cannot be like that."""

    error_id = "district-refused"


class OutageUnknown(OrdersError):
    """No outage has this number."""

    error_id = "outage-unknown"

    def __init__(self, outage_id: int) -> None:
        super().__init__(f"there is no outage {outage_id}; `lianxin outage list --all` shows those there are")


class OutageRefused(OrdersError):
    """An outage cannot be like that."""

    error_id = "outage-refused"


class CallbackRefused(OrdersError):
    """A resident cannot be called back like that."""

    error_id = "callback-refused"


class CustomersUnreadable(OrdersError):
    """A file of customers cannot be read as one."""

    error_id = "customers-unreadable"
