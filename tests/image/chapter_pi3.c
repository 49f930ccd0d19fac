/*
 * The image as it is flashed, in the board of its kind that QEMU has: a Raspberry Pi 3 B with its
 * SD slot, its UARTs and its pins. It has no display there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/image/chapters.h"
#include "tests/image/door.h"
#include "tests/image/raspi_pen.h"

#define BOOT_AT "4M" /* of the card: its first partition (scripts/image.sh) */
#define TREE "bcm2837-rpi-3-b.dtb"
#define PATH_MAX_HERE (DOOR_PATH_MAX + 40)

/* BCM 17, the green lamp of pins/lamps, read where the processor has it: three bits say what a pin
 * is for, one whether it is high. */
#define GREEN 17
#define GPFSEL1 0x3F200004
#define GPLEV0 0x3F200034
#define OUTPUT 1u
#define ANSWER_MS 1000 /* of green; a badge that was read is a shorter blink */
#define PERSON 2

/* --- the switch --- */

/*
 * What is added to the card's cmdline.txt, for QEMU: the mini UART gets the kernel's last words and
 * a root shell; the service manager leaves the watchdog alone, which does not count here but bites
 * as soon as it is set; SDL draws into memory.
 */
#define ADDED                                                                                      \
    "console=ttyS1,115200 systemd.debug_shell=ttyS1 systemd.tty.term.ttyS1=dumb"                   \
    " systemd.tty.rows.ttyS1=25 systemd.tty.columns.ttyS1=200 systemd.watchdog_sec=0"              \
    " systemd.set_credential_binary=systemd.unit-dropin.perron.service:"
#define DROP_IN "[Service]\\nEnvironment=SDL_VIDEODRIVER=dummy SDL_RENDER_DRIVER=software\\n"

/* The firmware's work. In its tree Bluetooth has the PL011; here the reader has it. */
static enum rc take_boot_files(struct door *pi3, struct reason *said)
{
    return door_host(pi3, said,
                     "to='%s/pi3' && rm -rf \"$to\" && mkdir \"$to\" &&"
                     " mcopy -n -i '%s@@" BOOT_AT "' ::vmlinuz ::initrd.img ::cmdline.txt"
                     " ::" TREE " \"$to/\" && cd \"$to\" &&"
                     " fdtput -t s " TREE " /soc/serial@7e201000/bluetooth status disabled &&"
                     " echo \"$(cat cmdline.txt) " ADDED "$(printf '" DROP_IN
                     "' | base64 -w 0)\" >arguments",
                     pi3->folder, pi3->card);
}

static void boot_file(const struct door *pi3, const char *name, char out_path[PATH_MAX_HERE])
{
    snprintf(out_path, PATH_MAX_HERE, "%s/pi3/%s", pi3->folder, name);
}

static enum rc read_arguments(const struct door *pi3, char *out_text, size_t size)
{
    char path[PATH_MAX_HERE];
    boot_file(pi3, "arguments", path);
    FILE *file = fopen(path, "r");
    bool is_read = file && fgets(out_text, (int)size, file);
    if (file)
        fclose(file);
    out_text[is_read ? strcspn(out_text, "\n") : 0] = 0;
    return is_read ? RC_OK : RC_IO;
}

static enum rc start(struct door *pi3, struct reason *said)
{
    char kernel[PATH_MAX_HERE], initrd[PATH_MAX_HERE], tree[PATH_MAX_HERE];
    char arguments[2048]; /* the kernel reads no more */
    enum rc rc = read_arguments(pi3, arguments, sizeof arguments);
    if (rc)
        return rc;
    boot_file(pi3, "vmlinuz", kernel);
    boot_file(pi3, "initrd.img", initrd);
    boot_file(pi3, TREE, tree);
    const struct guest_config config = {
        .machine = GUEST_RASPI3B,
        .name = "pi3",
        .folder = pi3->folder,
        .kernel = kernel,
        .initrd = initrd,
        .dtb = tree,
        .append = arguments,
        .is_stopped = true,
        .has_reader = true,
        .disks = {{.path = pi3->card}},
    };
    pi3->booted_ms = door_now_ms();
    rc = guest_start(&config, &pi3->guest, said);
    if (!rc)
        rc = raspi_pen_close(guest_qtest(pi3->guest), said);
    if (!rc)
        rc = guest_go(pi3->guest, said);
    return rc ? rc : raspi_pen_open(guest_qtest(pi3->guest), said);
}

enum rc chapter_pi3_on(void *context, struct reason *said)
{
    struct door *door = context, *pi3 = door->pi3;
    door_cut(door);
    enum rc rc = take_boot_files(pi3, said);
    if (!rc)
        rc = start(pi3, said);
    if (!rc)
        rc = pn532_sim_open_socket(guest_reader_fd(pi3->guest), true, &pi3->reader);
    if (!rc)
        rc = shell_find(guest_console(pi3->guest), DOOR_BOOT_MS, said);
    if (!rc)
        reason_set(said, "a shell %lld ms after the power",
                   (long long)(door_now_ms() - pi3->booted_ms));
    return rc;
}

/* --- what it says --- */

/* A command in there that has to succeed; its output, cut. */
static enum rc ask(struct door *pi3, const char *command, int limit_ms, struct reason *out_output)
{
    struct shell_answer answer = {0};
    enum rc rc = shell_run(guest_console(pi3->guest), command, limit_ms, &answer, out_output);
    if (rc)
        return rc;
    reason_set(out_output, "%s", answer.output);
    free(answer.output);
    return answer.code ? RC_REFUSED : RC_OK;
}

enum rc chapter_pi3_ready(void *context, struct reason *said)
{
    struct door *door = context, *pi3 = door->pi3;
    return ask(pi3,
               "i=0; until journalctl -q -b -u perron -o short-monotonic --no-pager |"
               " grep 'badge reader is ready'; do i=$((i+1)); [ $i -lt 150 ] ||"
               " { journalctl -u perron -n 5 -o cat --no-pager; exit 1; }; sleep 1; done",
               DOOR_BOOT_MS, said);
}

enum rc chapter_pi3_looks(void *context, struct reason *said)
{
    struct door *door = context, *pi3 = door->pi3;
    static const struct {
        const char *command, *wanted;
    } looks[] = {
        {"tr -d '\\0' </sys/firmware/devicetree/base/model", "Raspberry Pi 3 Model B"},
        {"nproc", "4"},
        {"findmnt -no SOURCE,OPTIONS /media/root-ro", "/dev/mmcblk"},
        {"touch /media/root-ro/x 2>&1 || true", "Read-only file system"},
        {"findmnt -no FSTYPE /", "overlay"},
        {"findmnt -no SOURCE /var/lib/perron", "[/perron]"},
        {"[ $(df --output=size -m /data | tail -n 1) -gt 1000 ] && echo grown", "grown"},
        {"systemctl list-units --failed --no-legend | wc -l", "0"},
        {"systemctl show -P NRestarts perron.service", "0"},
        {"perron people list --data /var/lib/perron --json | grep -o '\"number\"' | wc -l", "55"},
        /* where a reader is on a real one, and where it is in here */
        {"readlink /dev/serial0", "ttyS1"},
        {"p=$(pgrep perron-reader); readlink /proc/$p/fd/* | grep tty", "/dev/ttyAMA0"},
        {"p=$(pgrep perron-reader); grep -m 1 -o 'libnfc.*' /proc/$p/maps", "libnfc"},
        {"cat /sys/bus/gpio/devices/gpiochip*/of_node/compatible | tr '\\0' ' '",
         "brcm,bcm2835-gpio"},
    };
    enum rc rc = RC_OK;
    int count = (int)(sizeof looks / sizeof looks[0]);
    for (int i = 0; !rc && i < count; i++) {
        struct reason output = {.text = ""};
        rc = ask(pi3, looks[i].command, DOOR_WAIT_MS, &output);
        if (!rc && !strstr(output.text, looks[i].wanted))
            rc = RC_REFUSED;
        if (rc)
            reason_set(said, "%.120s: no '%s' in '%.200s'", looks[i].command, looks[i].wanted,
                       output.text);
    }
    if (!rc)
        reason_set(said, "%d looks", count);
    return rc;
}

/* --- a tap --- */

static enum rc see_green(struct door *pi3, bool *out_lit, struct reason *said)
{
    struct qtest *bus = guest_qtest(pi3->guest);
    uint32_t purposes = 0, levels = 0;
    enum rc rc = qtest_read(bus, GPFSEL1, &purposes, said);
    if (!rc)
        rc = qtest_read(bus, GPLEV0, &levels, said);
    if (!rc)
        *out_lit = (purposes >> 3 * (GREEN % 10) & 7) == OUTPUT && levels >> GREEN & 1;
    return rc;
}

static enum rc wait_answer(struct door *pi3, struct reason *said)
{
    int64_t until_ms = door_now_ms() + DOOR_WAIT_MS, lit_ms = 0;
    for (;;) {
        bool is_lit = false;
        enum rc rc = see_green(pi3, &is_lit, said);
        int64_t now_ms = door_now_ms();
        lit_ms = !is_lit ? 0 : lit_ms ? lit_ms : now_ms;
        if (rc || (lit_ms && now_ms - lit_ms >= ANSWER_MS))
            return rc;
        if (now_ms >= until_ms) {
            reason_set(said, "no green for %d ms on BCM %d", ANSWER_MS, GREEN);
            return RC_TIMEOUT;
        }
        door_sleep_ms(20);
    }
}

enum rc chapter_pi3_tap(void *context, struct reason *said)
{
    struct door *door = context, *pi3 = door->pi3;
    const uint8_t uid[7] = {0x04, 0xA1, 0, 0, 0, 0, PERSON};
    bool is_lit = false;
    enum rc rc = see_green(pi3, &is_lit, said);
    if (!rc && is_lit) {
        reason_set(said, "green before anybody tapped");
        rc = RC_REFUSED;
    }
    if (rc)
        return rc;
    pn532_sim_tap(pi3->reader, uid, sizeof uid);
    rc = wait_answer(pi3, said);
    pn532_sim_remove(pi3->reader);
    if (!rc)
        reason_set(said, "the PN532 told of it, BCM %d went on and stayed", GREEN);
    return rc;
}

/* --- what is left on the card --- */

enum rc chapter_pi3_kept(void *context, struct reason *said)
{
    struct door *door = context, *pi3 = door->pi3;
    door_cut(pi3);
    enum rc rc = door_host(pi3, said,
                           "set -- $(partx -g -r -n 3 -o START,SECTORS '%s') &&"
                           " dd if='%s' of='%s/pi3/data' bs=1M skip=$(($1 / 2048))"
                           " count=$(($2 / 2048)) conv=sparse status=none &&"
                           " cd '%s/pi3' && { e2fsck -p data || [ $? -eq 1 ]; } &&"
                           " for file in perron.db perron.db-wal; do"
                           " debugfs -R \"dump /perron/$file $file\" data; done",
                           pi3->card, pi3->card, pi3->folder, pi3->folder);
    if (!rc)
        rc = door_host(
            pi3, said,
            "cd '%s/pi3' && [ \"$(sqlite3 perron.db 'PRAGMA integrity_check')\" = ok ] &&"
            " [ \"$(sqlite3 perron.db 'SELECT person.number FROM visit JOIN person"
            " ON person.station = person_station AND person.seq = person_seq')\" = 1%03d ]",
            pi3->folder, PERSON);
    if (!rc)
        reason_set(said, "the power failed; person 1%03d and no other has come, says the card",
                   PERSON);
    return rc;
}
