package main

import (
	"io"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

func update(ctx *gin.Context) {
	withID(ctx, func(id uint) {
		body, err := io.ReadAll(ctx.Request.Body) // want low: reads all there is
		save(id, body, err)
	})
}

func upload(c echo.Context) error {
	_, err := io.ReadAll(c.Request().Body) // want low: reads all there is
	return err
}

func answer(ctx *gin.Context) {
	_, _ = io.ReadAll(ctx.Response.Body) // nothing
}
