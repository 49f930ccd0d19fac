/* The whole way: a chip that hangs for good, the real perron-reader, the station and its pin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/station.h"
#include "firmware/device/reader_reset.h"
#include "tests/support/pn532_sim.h"
#include "tests/support/reader_lab.h"
#include "tests/support/real.h"

static const uint8_t uid[] = {0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6};

struct desk {
    char folder[48], address[96];
    struct clock *clock;
    struct trace *trace;
    struct pn532_sim *sim;
    struct station *station;
};

static void begin(struct desk *desk)
{
    static struct board board;
    static char program[256];
    struct reason reason;
    char link_path[80];
    strcpy(desk->folder, "/tmp/perron-reset-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    snprintf(link_path, sizeof link_path, "%s/pn532", desk->folder);
    snprintf(desk->address, sizeof desk->address, "pn532_uart:%s", link_path);
    snprintf(program, sizeof program, "%s", reader_lab_program("perron-reader"));
    assert_int_equal(clock_open_system(&desk->clock), RC_OK);
    assert_int_equal(trace_open(-1, &desk->trace), RC_OK);
    assert_int_equal(board_read("board/desktop.conf", &board, &reason), RC_OK);
    assert_int_equal(pn532_sim_open(link_path, true, &desk->sim), RC_OK);
    const struct station_config config = {.data = desk->folder,
                                          .reader = desk->address,
                                          .reader_program = program,
                                          .locale_dir = "build/locale",
                                          .board = &board,
                                          .is_headless = true,
                                          .clock = desk->clock,
                                          .trace = desk->trace};
    if (station_open(&config, &desk->station, &reason))
        fail_msg("%s", reason.text);
}

static void end(struct desk *desk)
{
    char command[80];
    station_close(desk->station);
    pn532_sim_close(desk->sim);
    trace_close(desk->trace);
    clock_close(desk->clock);
    snprintf(command, sizeof command, "rm -rf %s", desk->folder);
    assert_int_equal(system(command), 0);
}

static bool has_traced(const struct desk *desk, const char *line)
{
    char *text = trace_text(desk->trace);
    bool is_there = strstr(text, line) != NULL;
    free(text);
    return is_there;
}

/* False: it did not come within that time. */
static bool turn_until(struct desk *desk, const char *line, int limit_ms)
{
    for (int64_t until_ms = real_ms() + limit_ms; real_ms() < until_ms;) {
        assert_int_equal(station_step(desk->station, 50), RC_OK);
        if (has_traced(desk, line))
            return true;
    }
    return false;
}

/* The wire is the test itself: what happens at the pin happens to the chip. */
static void a_chip_that_hangs_lives_again_by_its_pin(void **state)
{
    struct desk desk;
    (void)state;
    begin(&desk);
    assert_true(turn_until(&desk, "reader ready", 10000));
    trace_clear(desk.trace);
    pn532_sim_fault(desk.sim, PN532_SILENT);
    assert_true(turn_until(&desk, "reader resting", 10000));
    assert_true(turn_until(&desk, "pin reader_reset on", READER_RESET_PATIENCE_MS + 3000));
    assert_true(turn_until(&desk, "pin reader_reset off", READER_RESET_PULSE_MS + 1000));
    /* the control: not the pulse in itself brings it back */
    assert_false(turn_until(&desk, "reader ready", 3000));
    pn532_sim_reset(desk.sim);
    assert_true(turn_until(&desk, "reader ready", 10000));
    pn532_sim_tap(desk.sim, uid, sizeof uid);
    assert_true(turn_until(&desk, "answer unknown", 5000));
    end(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chip_that_hangs_lives_again_by_its_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
