#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/image/guest_i.h"

/* --- a list of texts --- */

static void add_owned(struct guest_arguments *arguments, char *text)
{
    if (text && arguments->count < GUEST_ARGUMENTS_MAX) {
        arguments->rows[arguments->count++] = text;
        return;
    }
    free(text);
    arguments->is_cut = true;
}

static void add(struct guest_arguments *arguments, const char *text)
{
    add_owned(arguments, strdup(text));
}

static void add_with(struct guest_arguments *arguments, const char *option, const char *format, ...)
    PRINTF_LIKE(3, 4);
static void add_with(struct guest_arguments *arguments, const char *option, const char *format, ...)
{
    char *text = NULL;
    va_list values;
    va_start(values, format);
    if (vasprintf(&text, format, values) < 0)
        text = NULL;
    va_end(values);
    add(arguments, option);
    add_owned(arguments, text);
}

static void add_if(struct guest_arguments *arguments, const char *option, const char *value)
{
    if (value)
        add_with(arguments, option, "%s", value);
}

void guest_arguments_finish(struct guest_arguments *arguments)
{
    for (int i = 0; i < arguments->count; i++)
        free(arguments->rows[i]);
    *arguments = (struct guest_arguments){0};
}

/* --- the machines --- */

static const struct {
    const char *name, *cpu;
    int cpus, memory_mib; /* 0: the machine's own */
} machines[] = {
    [GUEST_VIRT] = {"virt,accel=tcg", "cortex-a72", 2, 1024},
    [GUEST_RASPI3B] = {"raspi3b,accel=tcg", NULL, 0, 0},
};

static void add_machine(struct guest_arguments *arguments, const struct guest_config *config)
{
    const char *cpu = config->cpu ? config->cpu : machines[config->machine].cpu;
    int cpus = config->cpus ? config->cpus : machines[config->machine].cpus;
    int memory_mib = config->memory_mib ? config->memory_mib : machines[config->machine].memory_mib;
    add(arguments, GUEST_PROGRAM);
    add_with(arguments, "-M", "%s", machines[config->machine].name);
    add_if(arguments, "-cpu", cpu);
    if (cpus)
        add_with(arguments, "-smp", "%d", cpus);
    if (memory_mib)
        add_with(arguments, "-m", "%d", memory_mib);
    add_with(arguments, "-display", "none");
    add(arguments, "-nodefaults");
    add(arguments, "-no-reboot");
    if (config->is_stopped)
        add(arguments, "-S");
    add_if(arguments, "-kernel", config->kernel);
    add_if(arguments, "-initrd", config->initrd);
    add_if(arguments, "-dtb", config->dtb);
    add_if(arguments, "-append", config->append);
    if (config->clock)
        add_with(arguments, "-rtc", "base=%s", config->clock);
}

/* --- the lines --- */

static void add_wire(struct guest_arguments *arguments, const struct guest_wires *wires,
                     enum guest_wire wire, const char *id, const struct guest *guest)
{
    if (wires->theirs[wire] < 0)
        add_with(arguments, "-chardev", "null,id=%s", id);
    else if (guest)
        add_with(arguments, "-chardev", "socket,id=%s,fd=%d,logfile=%s/%s-%s.log,logappend=on", id,
                 wires->theirs[wire], guest->folder, guest->name, id);
    else
        add_with(arguments, "-chardev", "socket,id=%s,fd=%d", id, wires->theirs[wire]);
}

/* At fixed places of the bus: the order they are found in is the number they get. */
static void add_virt_lines(struct guest_arguments *arguments)
{
    add_with(arguments, "-serial", "chardev:console");
    add_with(arguments, "-device", "pci-serial,chardev=reader,addr=0x10");
    add_with(arguments, "-device", "pci-serial,chardev=shell,addr=0x11");
}

static void add_raspi_lines(struct guest_arguments *arguments)
{
    add_with(arguments, "-serial", "chardev:reader");
    add_with(arguments, "-serial", "chardev:console");
}

static void add_lines(struct guest_arguments *arguments, const struct guest_config *config,
                      const struct guest *guest, const struct guest_wires *wires)
{
    add_wire(arguments, wires, GUEST_WIRE_QMP, "qmp", NULL);
    add_wire(arguments, wires, GUEST_WIRE_QTEST, "qtest", NULL);
    add_wire(arguments, wires, GUEST_WIRE_CONSOLE, "console", guest);
    add_wire(arguments, wires, GUEST_WIRE_SHELL, "shell", guest);
    add_wire(arguments, wires, GUEST_WIRE_READER, "reader", NULL);
    add_with(arguments, "-mon", "chardev=qmp,mode=control");
    add_with(arguments, "-qtest", "chardev:qtest");
    add_with(arguments, "-qtest-log", "none");
    if (config->machine == GUEST_VIRT)
        add_virt_lines(arguments);
    else
        add_raspi_lines(arguments);
}

/* --- devices --- */

static void add_disk(struct guest_arguments *arguments, const struct guest_config *config,
                     int index)
{
    const struct guest_disk *disk = &config->disks[index];
    bool is_card = config->machine == GUEST_RASPI3B;
    if (!disk->path)
        return;
    add_with(arguments, "-drive", "if=%s,id=disk%d,file=%s,format=%s,readonly=%s",
             is_card ? "sd" : "none", index, disk->path, disk->format ? disk->format : "raw",
             disk->is_read_only ? "on" : "off");
    if (!is_card)
        add_with(arguments, "-device", "virtio-blk-pci,drive=disk%d", index);
}

static void add_devices(struct guest_arguments *arguments, const struct guest_config *config)
{
    if (config->width)
        add_with(arguments, "-device", "virtio-gpu-pci,xres=%d,yres=%d", config->width,
                 config->height);
    if (config->has_tablet)
        add_with(arguments, "-device", "virtio-tablet-pci");
    if (config->has_touch)
        add_with(arguments, "-device", "virtio-multitouch-pci");
    if (config->has_keyboard)
        add_with(arguments, "-device", "virtio-keyboard-pci");
    if (config->machine == GUEST_VIRT)
        add_with(arguments, "-device", "qemu-xhci,id=usb");
    for (int i = 0; i < GUEST_DISKS_MAX; i++)
        add_disk(arguments, config, i);
    for (int i = 0; config->more && config->more[i]; i++)
        add(arguments, config->more[i]);
}

/* A comma in a path would begin another option. */
static const char *path_with_comma(const struct guest_config *config)
{
    if (strchr(config->folder, ','))
        return config->folder;
    for (int i = 0; i < GUEST_DISKS_MAX; i++)
        if (config->disks[i].path && strchr(config->disks[i].path, ','))
            return config->disks[i].path;
    return NULL;
}

enum rc guest_arguments_make(const struct guest_config *config, const struct guest *guest,
                             const struct guest_wires *wires, struct guest_arguments *out_arguments,
                             struct reason *reason)
{
    struct guest_arguments arguments = {.count = 0};
    const char *bad = path_with_comma(config);
    if (config->has_tablet && config->has_touch) {
        reason_set(reason, "has_tablet and has_touch: QEMU gives a pointer's button to either of "
                           "them; choose one");
        return RC_BAD_INPUT;
    }
    if (bad) {
        reason_set(reason, "QEMU takes no path with a comma: %s", bad);
        return RC_BAD_INPUT;
    }
    add_machine(&arguments, config);
    add_lines(&arguments, config, guest, wires);
    add_devices(&arguments, config);
    if (arguments.is_cut) {
        guest_arguments_finish(&arguments);
        reason_set(reason, "QEMU's command line has more than %d words, or there is no memory",
                   GUEST_ARGUMENTS_MAX);
        return RC_LIMIT;
    }
    *out_arguments = arguments;
    return RC_OK;
}
