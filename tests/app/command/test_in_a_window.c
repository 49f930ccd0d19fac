/* The station of `make run`: in a window of a real X server, with keys and a mouse. */
#include "app/command/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/session.h"

/* The first word of each line is what the hand does, then what the station says of it. */
static const char script[] =
    "exec 2>$F/err;"
    "$P station --data $D --reader sim --board board/desktop.conf --tray $L & station=$!;"
    "for i in $(seq 100); do $P status --data $D >/dev/null && break; sleep 0.1; done;"
    "window=$(xdotool search --onlyvisible --sync --name Perron | tail -n 1);"
    "say() { sleep 0.7; echo \"$1: $($P status --data $D | sed -n \"s/^scene *//p; s/^here *//p\" |"
    " tr \"\\n\" \" \")\"; };"
    "say begun;"
    "xdotool key 2; say key;"
    "xdotool mousemove --window $window 46 540 click 1; say tray;"
    "xdotool mousemove --window $window 600 400 click 1; say undo;"
    "xdotool mousemove --window $window 600 200 click 1; say beside;"
    "xdotool key 9; xdotool key 9; xdotool key 9; say thrice;"
    "kill $station; wait $station; echo ended: $?;"
    "$P verify --data $D";

static void keys_and_the_mouse_tap_badges_and_touch_buttons(void **state)
{
    static struct said said;
    session_run(*state, &said,
                "export L=app/share/demo/people.csv;"
                "SDL_AUDIODRIVER=dummy xvfb-run -a -s '-screen 0 1280x1024x24' sh -c '%s'",
                script);
    static const char *const lines[] = {
        "begun: resting 0",
        "key: greeting 1",
        "tray: greeting+greeting 2",
        "undo: greeting+undone 1",
        "thrice: ",
        "ended: 0",
        "holds: ",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (!strstr(said.out, lines[i]))
            fail_msg("'%s' is not in: %s%s", lines[i], said.out, said.err);
    session_run(*state, &said, "$P visits --data $D --json");
    json_t *visits = session_json(&said);
    assert_int_equal(json_array_size(visits), 2); /* Zoé and Siobhán; Ada took hers back */
    json_decref(visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_and_the_mouse_tap_badges_and_touch_buttons,
                                        session_set_up_people, session_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
