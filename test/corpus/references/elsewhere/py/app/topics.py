from enum import Enum

ORDERS = "orders"
TOPICS = {"refunds": "shop.refunds"}


class Groups:
    BILLING = "billing"


class Queues(Enum):
    MAIL = "mail"


class Settings:
    audit: str = "audit"


settings = Settings()
