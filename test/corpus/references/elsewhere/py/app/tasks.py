from celery import Celery, shared_task

celery = Celery("shop", broker="redis://localhost")


@celery.task(queue="letters")  # consume redis letters literal
def write(text): ...


@shared_task  # consume redis celery config
def tidy(): ...
