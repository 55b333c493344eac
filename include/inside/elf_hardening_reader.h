/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_ELF_HARDENING_READER_H
#define INSIDE_ELF_HARDENING_READER_H

/*
 * Reads what a hostile ELF file says of its hardening (model/elf_hardening.h): program headers,
 * dynamic section and notes; of a static program its sections, too. Bounded, and every value is
 * checked.
 */

struct elf_hardening;
struct file_reader;

/*
 * Reads an executable or a shared object. Returns 0 and sets *ret_hardening; -ENOEXEC when it is
 * neither; or another -errno of reading. A dynamic section that cannot be read leaves what it would
 * say unknown.
 */
int elf_hardening_read(const struct file_reader *file, struct elf_hardening *ret_hardening);

#endif
