from flask import Flask, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024


@app.post("/hook")
def hook() -> bytes:
    return request.get_data()  # bounded: MAX_CONTENT_LENGTH
