#include "firmware/device/cue.h"

#include <stdbool.h>
#include <stdlib.h>

enum { GREEN = 1 << PIN_GREEN, RED = 1 << PIN_RED, BLUE = 1 << PIN_BLUE, DARK = 0 };

/* From `at_ms` on these lamps; and a tone, unless frequency_hz is 0. The last row ends it all. */
struct cue_row {
    int at_ms;
    unsigned lamps;
    int frequency_hz;
    int length_ms;
};

static const struct cue_row seen[] = {{0, GREEN, 1320, 40}, {60, DARK, 0, 0}, {-1, 0, 0, 0}};
static const struct cue_row arrival[] = {
    {0, GREEN, 880, 90}, {110, GREEN, 1175, 140}, {2500, DARK, 0, 0}, {-1, 0, 0, 0}};
static const struct cue_row departure[] = {
    {0, BLUE, 784, 140}, {170, BLUE, 523, 200}, {2500, DARK, 0, 0}, {-1, 0, 0, 0}};
static const struct cue_row question[] = {
    {0, BLUE, 660, 120}, {150, DARK, 0, 0},  {300, BLUE, 660, 120},
    {450, DARK, 0, 0},   {600, BLUE, 0, 0},  {750, DARK, 0, 0},
    {900, BLUE, 0, 0},   {1050, DARK, 0, 0}, {-1, 0, 0, 0}};
static const struct cue_row unknown[] = {
    {0, BLUE, 440, 250}, {500, DARK, 0, 0}, {1000, BLUE, 0, 0}, {1500, DARK, 0, 0}, {-1, 0, 0, 0}};
static const struct cue_row claimed[] = {
    {0, GREEN | BLUE, 988, 80}, {600, DARK, 0, 0}, {-1, 0, 0, 0}};
static const struct cue_row call[] = {
    {0, BLUE, 660, 150},   {250, DARK, 0, 0},  {400, BLUE, 880, 150}, {650, DARK, 0, 0},
    {800, BLUE, 660, 150}, {1050, DARK, 0, 0}, {1500, BLUE, 0, 0},    {2000, DARK, 0, 0},
    {2500, BLUE, 0, 0},    {3000, DARK, 0, 0}, {3500, BLUE, 0, 0},    {4000, DARK, 0, 0},
    {4500, BLUE, 0, 0},    {5000, DARK, 0, 0}, {5500, BLUE, 0, 0},    {6000, DARK, 0, 0},
    {-1, 0, 0, 0}};
static const struct cue_row not_recorded[] = {{0, RED, 220, 250},
                                              {350, RED, 220, 250},
                                              {700, RED, 220, 400},
                                              {6000, DARK, 0, 0},
                                              {-1, 0, 0, 0}};
static const struct cue_row fault[] = {
    {0, RED, 196, 500}, {1000, DARK, 0, 0}, {2000, RED, 0, 0}, {3000, DARK, 0, 0}, {-1, 0, 0, 0}};

static const struct cue_row *const cues[CUE_COUNT] = {
    [CUE_NONE] = NULL,           [CUE_SEEN] = seen,         [CUE_ARRIVAL] = arrival,
    [CUE_DEPARTURE] = departure, [CUE_QUESTION] = question, [CUE_UNKNOWN] = unknown,
    [CUE_CLAIMED] = claimed,     [CUE_CALL] = call,         [CUE_NOT_RECORDED] = not_recorded,
    [CUE_FAULT] = fault,
};

struct cue_player {
    struct pins *pins;
    struct speaker *speaker;
    const struct cue_row *row; /* the next one; NULL: nothing is playing */
    int64_t begun_ms;
    int64_t silent_ms; /* when the buzzer stops; INT64_MAX: it is silent */
};

enum rc cue_open(struct pins *pins, struct speaker *speaker, struct cue_player **out_player)
{
    struct cue_player *player = calloc(1, sizeof *player);
    if (!player)
        return RC_NO_MEMORY;
    player->pins = pins;
    player->speaker = speaker;
    player->silent_ms = INT64_MAX;
    *out_player = player;
    return RC_OK;
}

static void set(struct cue_player *player, enum pin pin, bool on)
{
    if (player->pins)
        (void)!pins_set(player->pins, pin, on);
}

static void light(struct cue_player *player, unsigned lamps)
{
    for (int pin = PIN_GREEN; pin <= PIN_BLUE; pin++)
        set(player, (enum pin)pin, lamps >> pin & 1);
}

static void sound(struct cue_player *player, const struct cue_row *row, int64_t now_ms)
{
    if (!row->frequency_hz)
        return;
    if (player->speaker)
        (void)!speaker_tone(player->speaker, row->frequency_hz, row->length_ms);
    set(player, PIN_BUZZER, true);
    player->silent_ms = now_ms + row->length_ms;
}

static void hush(struct cue_player *player)
{
    set(player, PIN_BUZZER, false);
    player->silent_ms = INT64_MAX;
}

void cue_close(struct cue_player *player)
{
    if (!player)
        return;
    light(player, DARK);
    hush(player);
    free(player);
}

void cue_play(struct cue_player *player, enum cue cue, int64_t now_ms)
{
    light(player, DARK);
    hush(player);
    player->row = cues[cue];
    player->begun_ms = now_ms;
    cue_step(player, now_ms);
}

int64_t cue_due_ms(const struct cue_player *player)
{
    int64_t row_ms = player->row ? player->begun_ms + player->row->at_ms : INT64_MAX;
    return row_ms < player->silent_ms ? row_ms : player->silent_ms;
}

void cue_step(struct cue_player *player, int64_t now_ms)
{
    if (now_ms >= player->silent_ms)
        hush(player);
    while (player->row && now_ms >= player->begun_ms + player->row->at_ms) {
        light(player, player->row->lamps);
        sound(player, player->row, now_ms);
        player->row++;
        if (player->row->at_ms < 0)
            player->row = NULL;
    }
}
