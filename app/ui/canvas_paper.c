/* Pages of A4, out as PDF. */
#include <cairo-pdf.h>
#include <stdlib.h>
#include <time.h>

#include "app/ui/canvas_i.h"

#define POINTS_PER_MM (72 / 25.4)

/* After its first failure `out` is asked no more: cairo would go on. */
static cairo_status_t pass_on(void *closure, const unsigned char *bytes, unsigned length)
{
    struct canvas *canvas = closure;
    if (!canvas->failure)
        canvas->failure = canvas->out->write(canvas->out->context, (const char *)bytes, length);
    return canvas->failure ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void describe(cairo_surface_t *surface, const struct canvas_paper *paper)
{
    char date[32];
    time_t seconds = (time_t)(paper->made_ms / 1000);
    struct tm utc = {0};
    gmtime_r(&seconds, &utc);
    date[strftime(date, sizeof date - 1, "%Y-%m-%dT%H:%M:%SZ", &utc)] = 0;
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, paper->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, paper->language);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Perron");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

enum rc canvas_open_paper(const struct canvas_paper *paper, const struct canvas_out *out,
                          struct canvas **out_canvas)
{
    struct canvas *canvas = calloc(1, sizeof *canvas);
    if (!canvas)
        return RC_NO_MEMORY;
    canvas->out = out;
    canvas->surface = cairo_pdf_surface_create_for_stream(
        pass_on, canvas, CANVAS_PAPER_W * POINTS_PER_MM, CANVAS_PAPER_H * POINTS_PER_MM);
    describe(canvas->surface, paper);
    canvas->cairo = cairo_create(canvas->surface);
    if (cairo_status(canvas->cairo)) {
        enum rc rc = canvas->failure ? canvas->failure : RC_NO_MEMORY;
        canvas_close(canvas);
        return rc;
    }
    cairo_scale(canvas->cairo, POINTS_PER_MM, POINTS_PER_MM);
    canvas->width_mm = CANVAS_PAPER_W;
    canvas->stretch = 1;
    canvas_prepare_text(canvas);
    *out_canvas = canvas;
    return RC_OK;
}

void canvas_turn_page(struct canvas *canvas)
{
    if (canvas->out->page)
        canvas->out->page(canvas->out->context, canvas);
    canvas_forget(canvas);
    cairo_show_page(canvas->cairo);
}

enum rc canvas_finish_paper(struct canvas *canvas)
{
    canvas_turn_page(canvas);
    cairo_surface_finish(canvas->surface);
    if (canvas->failure)
        return canvas->failure;
    return cairo_surface_status(canvas->surface) ? RC_NO_MEMORY : RC_OK;
}
