#include "tests/image/bare.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include "tests/support/build.h"
#include "tests/support/give_up.h"
#include "tests/support/tree.h"

#define LONG_MS 60000

struct bare bare;

/*
 * A64 (Arm DDI 0487): says R, then sends back each character; after '!' it lights line 5, after 'Q'
 * it switches the machine off (PSCI SYSTEM_OFF). x0: PL011, x4: PL061.
 */
static const uint32_t echo_program[] = {
    0xd2a12000, /* movz x0, #0x0900, lsl #16 */
    0xd2a12064, /* movz x4, #0x0903, lsl #16 */
    0x52806023, /* movz w3, #0x301: enable, transmit, receive */
    0xb9003003, /* str w3, [x0, #0x30] */
    0x52800a42, /* movz w2, #'R' */
    0xb9000002, /* str w2, [x0] */
    0xb9401801, /* wait: ldr w1, [x0, #0x18] */
    0x3727ffe1, /* tbnz w1, #4, wait */
    0xb9400002, /* ldr w2, [x0] */
    0xb9000002, /* str w2, [x0] */
    0x7100845f, /* cmp w2, #'!' */
    0x54000080, /* b.eq light */
    0x7101445f, /* cmp w2, #'Q' */
    0x54ffff21, /* b.ne wait */
    0x14000005, /* b off */
    0x52800403, /* light: movz w3, #0x20 */
    0xb9040083, /* str w3, [x4, #0x400] */
    0xb9008083, /* str w3, [x4, #0x80]: line 5 alone */
    0x17fffff4, /* b wait */
    0x52800100, /* off: movz w0, #8 */
    0x72b08000, /* movk w0, #0x8400, lsl #16 */
    0xd4000002, /* hvc #0 */
    0x14000000, /* b . */
};

int bare_set_up(void **state)
{
    (void)state;
    bare = (struct bare){.guest = NULL};
    snprintf(bare.folder, sizeof bare.folder, "%s/guest-XXXXXX", build_scratch());
    return mkdtemp(bare.folder) ? 0 : -1;
}

int bare_tear_down(void **state)
{
    (void)state;
    guest_close(bare.guest);
    tree_remove(bare.folder);
    return 0;
}

struct guest_config bare_description(void)
{
    return (struct guest_config){.folder = bare.folder,
                                 .memory_mib = 64,
                                 .cpus = 1,
                                 .is_stopped = true,
                                 .width = 800,
                                 .height = 480,
                                 .has_tablet = true,
                                 .has_keyboard = true,
                                 .has_reader = true,
                                 .has_shell = true};
}

void bare_start_stopped(void)
{
    const struct guest_config config = bare_description();
    if (guest_start(&config, &bare.guest, &bare.reason))
        give_up("bare", "%s", bare.reason.text);
}

void bare_start_echo(void)
{
    struct guest_config config = bare_description();
    config.kernel = bare_path("echo.bin");
    tree_write(config.kernel, (const char *)echo_program, sizeof echo_program);
    config.is_stopped = false;
    if (guest_start(&config, &bare.guest, &bare.reason) ||
        guest_expect(bare.guest, "R", LONG_MS, &bare.reason))
        give_up("bare", "%s", bare.reason.text);
}

const char *bare_path(const char *name)
{
    static char path[120];
    snprintf(path, sizeof path, "%s/%s", bare.folder, name);
    return path;
}

void bare_file(const char *name, int kib, char *out_path, size_t size)
{
    snprintf(out_path, size, "%s", bare_path(name));
    tree_write(out_path, "", 0);
    if (truncate(out_path, (off_t)kib << 10))
        give_up("bare", "%s cannot be made", out_path);
}
