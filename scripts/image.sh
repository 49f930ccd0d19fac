#!/usr/bin/env bash
# Builds the SD card's image for a Raspberry Pi from Debian's packages: Debian 13 arm64, no loop device, what was fetched kept.
set -euo pipefail
# shellcheck source=scripts/chroot.sh
. scripts/chroot.sh

suite=trixie
home=build/image
# a fresh clone finds it, too
cache=${XDG_CACHE_HOME:-~/.cache}/perron/image
root=$home/system
recipe=board/image
boot_mib=256
data_mib=64

usage() {
    cat <<'END'
usage: scripts/image.sh [--update-key FILE] [--board FILE] [--fresh]

Builds build/image/perron.img: to be written to a card as it is (about 1.3 GB; the last partition takes the rest of the
card at its first start). Needs root, the groups `image` and `deb` of scripts/setup.sh, and Debian's packages; what is
fetched, and the root file system without Perron, are kept in ~/.cache/perron/image (XDG_CACHE_HOME).

  --update-key FILE  the public key that updates of this card are signed for (perron update keys)
  --board FILE       the board of /etc/perron/board.conf, instead of one with an HDMI screen
  --fresh            fetch and build everything again: today's Debian instead of the cache's
END
}

# One step: its name, then the command. What it prints goes to a log; the log is shown where it fails.
step() {
    local name=$1 begin=$SECONDS log=$home/log/${2//[^a-z_]/}.log
    shift
    printf '  %-52s' "$name"
    "$@" >"$log" 2>&1 || { echo " FAILED" && tail -n 30 "$log" >&2 && fail "$name: see $log"; }
    printf ' %5d s\n' $((SECONDS - begin))
}

# --- from Debian ---

# Package names of the recipe, a line each.
packages() {
    grep -v '^#' "$recipe/packages"
    dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed 's/|.*//; s/([^)]*)//; s/[[:space:]]//g' | grep -v '^$'
}

sources() {
    local components='main non-free-firmware' from
    from=$(chroot_mirror)
    printf 'deb %s %s %s\n' "$from" "$suite" "$components" "$from" "$suite-updates" "$components"
    printf 'deb %s %s-security %s\n' "$(chroot_mirror security)" "$suite" "$components"
}

# An apt of its own beside this machine's, for packages of another Debian and another processor.
fetch_packages() {
    local apt=$home/apt name
    rm -rf --one-file-system "$cache/debs.new"
    mkdir -p "$apt"/{etc/preferences.d,state/lists/partial,cache/archives/partial} "$cache/debs.new"
    : >"$apt/status"
    sources | sed "s|^deb |deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] |" >"$apt/etc/sources.list"
    chroot_apt_settings >"$apt/apt.conf"
    cat >>"$apt/apt.conf" <<END
Dir "$PWD/$apt";
Dir::Etc "etc";
Dir::Etc::sourcelist "sources.list";
Dir::Etc::sourceparts "none";
Dir::State "state";
Dir::State::status "$PWD/$apt/status";
Dir::Cache "cache";
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "root";
END
    export APT_CONFIG=$PWD/$apt/apt.conf
    apt-get -q update
    name=$(apt-cache depends linux-image-arm64 | awk '/Depends: linux-image/ { print $2; exit }')
    (cd "$cache/debs.new" && apt-get -q download "$name" raspi-firmware busybox-static)
    unset APT_CONFIG
    mv "$cache/debs.new" "$cache/debs"
}

make_base() {
    [ -e /proc/sys/fs/binfmt_misc/register ] || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
    [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] ||
        cat /usr/lib/binfmt.d/qemu-aarch64.conf >/proc/sys/fs/binfmt_misc/register
    local list=()
    while read -r line; do list+=("$line"); done < <(sources)
    chroot_apt_settings >"$home/apt.conf"
    mmdebstrap --mode=root --variant=minbase --arch=arm64 --aptopt="$home/apt.conf" \
        --aptopt='APT::Install-Recommends "false"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --include="$(packages | sort -u | paste -sd,)" "$suite" "$home/base.tar" "${list[@]}"
    zstd -q -3 -T0 --rm -f "$home/base.tar" -o "$base"
}

# --- the root file system ---

unpack_base() {
    rm -rf --one-file-system "$root"
    mkdir -p "$root"
    tar --zstd -xpf "$base" -C "$root" --numeric-owner
}

# The kernel's package as files alone: its scripts would build an initrd of Debian's, under emulation.
unpack_kernel() {
    local package
    for package in "$cache"/debs/linux-image-*.deb; do
        dpkg --fsys-tarfile "$package" | tar -C "$root" --keep-directory-symlink -xf -
    done
    version=$(ls "$root/usr/lib/modules")
    depmod -b "$root" "$version"
}

install_perron() {
    cp "$deb" "$root/perron.deb"
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin DEBIAN_FRONTEND=noninteractive dpkg -i /perron.deb
    # what an update goes back to
    install -D -m 644 "$root/perron.deb" "$root/usr/lib/perron-update/factory.deb"
    rm "$root/perron.deb"
}

# What a station needs none of, or would only wait for.
masked='getty@tty1 autovt@ console-getty serial-getty@ ctrl-alt-del.target apt-daily.timer apt-daily-upgrade.timer
    dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap fstrim.timer ldconfig systemd-pcrphase systemd-pcrmachine
    systemd-tpm2-setup systemd-tpm2-setup-early systemd-hibernate-clear systemd-journal-catalog-update
    systemd-hwdb-update systemd-pcrextend.socket systemd-pcrlock.socket systemd-networkd-wait-online
    systemd-firstboot systemd-backlight@ systemd-rfkill systemd-rfkill.socket'

lay_recipe() {
    local unit
    cp -r board/whole-machine/etc/. "$recipe/etc/." "$root/etc/"
    install -m 755 "$recipe/perron-boot" "$recipe/perron-grow" "$recipe/perron-stuck" "$root/usr/lib/perron/"
    mkdir -p "$root/boot/firmware" "$root/data" "$root/media" "$root/var/lib/systemd/timesync" \
        "$root/var/lib/perron" "$root/var/lib/perron-update"
    for unit in $masked; do
        case $unit in *.*) ;; *) unit=$unit.service ;; esac
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
    chroot "$root" systemctl --quiet enable perron.service perron-boot.service perron-grow.service systemd-networkd.service
    chroot "$root" systemctl --quiet disable ssh.service
    chroot "$root" systemctl --quiet set-default multi-user.target
    # what mmdebstrap leaves there is the network of whoever built it
    ln -sf ../run/systemd/resolve/resolv.conf "$root/etc/resolv.conf"
    : >"$root/etc/machine-id"
    echo perron >"$root/etc/hostname"
    printf '127.0.0.1 localhost perron\n::1 localhost perron\n' >"$root/etc/hosts"
    rm -f "$root"/etc/ssh/ssh_host_* "$root"/boot/vmlinuz* "$root"/boot/System.map* "$root"/boot/config*
    install -m 644 "$board" "$root/etc/perron/board.conf"
}

# --- the initrd ---

make_initrd() {
    local work=$home/initrd name
    rm -rf --one-file-system "$work"
    mkdir -p "$work"/{bin,dev,proc,sys,modules}
    dpkg --fsys-tarfile "$cache"/debs/busybox-static_*.deb | tar -xf - -O ./usr/bin/busybox ./bin/busybox 2>/dev/null >"$work/bin/busybox" || true
    [ -s "$work/bin/busybox" ] || fail "no busybox in its package"
    chmod 755 "$work/bin/busybox"
    install -m 755 "$recipe/init" "$work/init"
    # each module after what it needs
    grep -v '^#' "$recipe/modules" | while read -r name; do
        modprobe -d "$root" -S "$version" --show-depends "$name" | awk '$1 == "insmod" { print $2 }'
    done | awk '!seen[$0]++' | while read -r name; do
        cp "$name" "$work/modules/"
        echo "/modules/${name##*/}" >>"$work/modules.order"
    done
    find "$work/modules" -name '*.xz' -exec xz -d {} +
    sed -i 's/\.xz$//' "$work/modules.order"
    (cd "$work" && find . -print0 | sort -z | cpio -0 --quiet -o -H newc -R 0:0) | gzip -9 >"$home/initrd.img"
}

# --- the partitions ---

# Buses that the kernel's own device trees do not have. Each is tried on the trees of the boards it is for.
make_overlays() {
    local source name tree
    mkdir -p "$1/overlays"
    for source in "$recipe"/overlays/*.dts; do
        name=$(basename "$source" .dts)
        dtc -q -@ -I dts -O dtb "$source" -o "$1/overlays/$name.dtbo"
        for tree in "$1"/bcm2837-rpi-3-b.dtb "$1"/bcm2711-rpi-4-b.dtb; do
            fdtoverlay -i "$tree" -o "$home/tried.dtb" "$1/overlays/$name.dtbo"
        done
    done
}

# The header's I2C is i2c-1, as on Raspberry Pi OS: without a name a Pi 4's HDMI plugs take the first numbers.
name_buses() {
    local tree
    for tree in "$1"/*.dtb; do
        fdtput -t s "$tree" /aliases i2c0 /soc/i2c@7e205000
        fdtput -t s "$tree" /aliases i2c1 /soc/i2c@7e804000
    done
}

make_boot() {
    local work=$home/boot
    rm -rf --one-file-system "$work"
    mkdir -p "$work"
    dpkg --fsys-tarfile "$cache"/debs/raspi-firmware_*.deb | tar -C "$home" -xf - ./usr/lib/raspi-firmware
    cp "$home"/usr/lib/raspi-firmware/{bootcode.bin,start.elf,fixup.dat,start4.elf,fixup4.dat} "$work/"
    rm -rf --one-file-system "${home:?}/usr"
    cp "$root/usr/lib/linux-image-$version"/broadcom/bcm2{837,711}-rpi-*.dtb "$work/"
    dpkg --fsys-tarfile "$cache"/debs/linux-image-*.deb | tar -xOf - "./boot/vmlinuz-$version" >"$work/vmlinuz"
    name_buses "$work"
    make_overlays "$work"
    cp "$home/initrd.img" "$recipe/config.txt" "$recipe/cmdline.txt" "$work/"
    sed 's/$/\r/' "$recipe/README.txt" >"$work/README.txt"
    rm -f "$home/boot.vfat"
    mkfs.vfat -F 32 -n PERRONBOOT -C "$home/boot.vfat" $((boot_mib * 1024))
    mcopy -s -i "$home/boot.vfat" "$work"/* ::
}

make_root() {
    local used_mib
    used_mib=$(du -sm --apparent-size "$root" | cut -f1)
    root_mib=$((used_mib * 5 / 4 + 128))
    rm -f "$home/root.ext4"
    mke2fs -q -t ext4 -L perron-root -m 0 -E root_owner=0:0 -d "$root" "$home/root.ext4" "${root_mib}M"
}

make_data() {
    local work=$home/data owner
    owner=$(awk -F: '$1 == "perron" { print $3 ":" $4 }' "$root/etc/passwd")
    [ -n "$owner" ] || fail "the package made no user perron"
    rm -rf --one-file-system "$work"
    install -d -m 755 "$work" "$work/timesync"
    install -d -m 700 "$work/perron" "$work/perron-update" "$work/ssh"
    chown "$owner" "$work/perron"
    chown "$(awk -F: '$1 == "systemd-timesync" { print $3 ":" $4 }' "$root/etc/passwd")" "$work/timesync"
    [ -z "$update_key" ] || install -m 644 "$update_key" "$work/perron-update/update.pub"
    rm -f "$home/data.ext4"
    mke2fs -q -t ext4 -b 4096 -L perron-data -m 1 -d "$work" "$home/data.ext4" "${data_mib}M"
}

# A table as old firmware reads it: a FAT partition first, everything at whole MiB.
make_card() {
    local image=$home/perron.img.new at=4 part
    root_mib=$(($(stat -c %s "$home/root.ext4") >> 20))
    rm -f "$image"
    truncate -s $((at + boot_mib + root_mib + data_mib))M "$image"
    sfdisk --quiet "$image" <<END
label: dos
label-id: 0x50455252
start=${at}MiB, size=${boot_mib}MiB, type=c, bootable
start=$((at + boot_mib))MiB, size=${root_mib}MiB, type=83
start=$((at + boot_mib + root_mib))MiB, size=${data_mib}MiB, type=83
END
    for part in boot.vfat root.ext4 data.ext4; do
        dd if="$home/$part" of="$image" bs=1M seek=$at conv=notrunc,sparse status=none
        at=$((at + $(stat -c %s "$home/$part") / 1048576))
    done
    mv "$image" "$home/perron.img"
}

main() {
    local fresh=no
    update_key='' board=$recipe/board.conf
    while [ $# -gt 0 ]; do
        case $1 in
        --help | -h) usage && exit 0 ;;
        --fresh) fresh=yes ;;
        --update-key) update_key=${2:?} && shift ;;
        --board) board=${2:?} && shift ;;
        *) fail "unknown option $1, see scripts/image.sh --help" ;;
        esac
        shift
    done
    [ "$(id -u)" -eq 0 ] || fail "it has to be root: files of a root file system belong to root"
    mkdir -p "$cache" "$home/log"
    [ "$fresh" = no ] || rm -rf --one-file-system "${cache:?}"/*
    step "Perron's package, for Debian 13 arm64" scripts/deb.sh --suite "$suite" --arch arm64
    deb=$(ls "build/deb/$suite"/perron_*_arm64.deb)
    kept=$cache/base-$({ packages | sort -u && declare -f make_base sources; } | sha256sum | cut -c1-16).tar.zst
    [ -d "$cache/debs" ] || step "kernel, firmware, busybox" fetch_packages
    base=$kept.new
    [ -e "$kept" ] || { step "root file system of Debian's packages" make_base && mv "$base" "$kept"; }
    base=$kept
    step 'unpack it' unpack_base
    step 'kernel' unpack_kernel
    version=$(ls "$root/usr/lib/modules")
    step 'Perron' install_perron
    step 'what makes a card of it' lay_recipe
    step 'initrd' make_initrd
    step 'boot partition' make_boot
    step 'root partition' make_root
    step 'data partition' make_data
    step 'image' make_card
    echo "  $home/perron.img: $(($(stat -c %s "$home/perron.img") >> 20)) MiB, $(du -m "$home/perron.img" | cut -f1) of them written"
}

main "$@"
