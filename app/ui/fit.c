#include "app/ui/fit.h"

#include <stdint.h>

static int at_least_one(int64_t size)
{
    return size < 1 ? 1 : (int)size;
}

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

struct fit fit_make(int picture_width, int picture_height, int window_width, int window_height)
{
    struct fit fit = {.picture_width = picture_width, .picture_height = picture_height};
    int times = lesser(window_width / picture_width, window_height / picture_height);
    if (times >= 1) {
        fit.width = picture_width * times;
        fit.height = picture_height * times;
    } else if ((int64_t)window_width * picture_height <= (int64_t)window_height * picture_width) {
        fit.width = window_width;
        fit.height = at_least_one((int64_t)picture_height * window_width / picture_width);
    } else {
        fit.width = at_least_one((int64_t)picture_width * window_height / picture_height);
        fit.height = window_height;
    }
    fit.x = (window_width - fit.width) / 2;
    fit.y = (window_height - fit.height) / 2;
    return fit;
}

bool fit_to_picture(const struct fit *fit, double x, double y, double *out_x, double *out_y)
{
    *out_x = (x - fit->x) * fit->picture_width / fit->width;
    *out_y = (y - fit->y) * fit->picture_height / fit->height;
    return *out_x >= 0 && *out_x < fit->picture_width && *out_y >= 0 &&
           *out_y < fit->picture_height;
}
