from app.tasks import write
from . import tasks
from .timers import later


def post(text):
    write.delay(text)  # produce redis letters constant
    tasks.write.apply_async([text])  # produce redis letters constant
    tasks.tidy.delay()  # produce redis celery config
    tasks.tidy.apply_async(queue="urgent")  # produce redis urgent literal
    later.delay(text)
