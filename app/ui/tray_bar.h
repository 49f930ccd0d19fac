/*
 * tray_bar.h - the badges lying on the table: a bar under the station's picture, for trying out.
 * Not part of the station's screen. One thread.
 */
#ifndef APP_UI_TRAY_BAR_H
#define APP_UI_TRAY_BAR_H

#include "app/ui/canvas.h"

struct tray_bar;

/* Draws the bar once, as wide as the screen. `names` is copied into the picture. */
enum rc tray_bar_open(const struct screen *screen, const char *const *names, int count,
                      struct tray_bar **out_bar) MUST_CHECK;
void tray_bar_close(struct tray_bar *bar);

/* 0 for NULL. */
int tray_bar_height_px(const struct tray_bar *bar);

const struct canvas *tray_bar_canvas(const struct tray_bar *bar);

/* Which badge lies at a pixel of the bar; -1: none. */
int tray_bar_at(const struct tray_bar *bar, double x_px, double y_px);

#endif
