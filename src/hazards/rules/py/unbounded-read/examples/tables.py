from aio_pika.abc import AbstractIncomingMessage
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Order

app = FastAPI()


async def on_order(message: AbstractIncomingMessage, session: Session) -> None:
    session.query(Order).all()  # want low: reads all there is
    session.query(Order).limit(100).all()  # bounded: limit(100)
    session.query(Order).filter(Order.open).all()  # nothing
    session.scalars(select(Order)).all()  # want low: reads all there is
    statement = select(Order).where(Order.open)
    session.execute(statement).scalars().all()  # nothing
    some = select(Order).limit(10)
    session.execute(some).scalars().all()  # bounded: limit(10)
    session.query(Order.id, Order.name).all()  # nothing


@app.get("/orders")
def orders(session: Session) -> object:
    return session.execute(select(Order)).scalars().all()  # want low: reads all there is


def export(session: Session) -> object:
    return session.query(Order).all()  # nothing
