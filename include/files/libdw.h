/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_LIBDW_H
#define FILES_LIBDW_H

/*
 * libdw, which reads debug information and unwinds stacks, loaded when it is needed: nothing else
 * needs it, and without it vastop knows less. It trusts what it reads: to be used in a child
 * process only (files/helper.h).
 */

#include "config.h"

#ifdef HAVE_LIBDW
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <elfutils/version.h>

/* What is used of the library, each by its own name without "dwarf_". */
struct libdw {
	__typeof__(dwarf_begin) *begin;
	__typeof__(dwarf_end) *end;
	__typeof__(dwarf_addrdie) *addrdie;
	__typeof__(dwarf_nextcu) *nextcu;
	__typeof__(dwarf_offdie) *offdie;
	__typeof__(dwarf_haspc) *haspc;
	__typeof__(dwarf_getsrc_die) *getsrc_die;
	__typeof__(dwarf_linesrc) *linesrc;
	__typeof__(dwarf_lineno) *lineno;
	__typeof__(dwarf_tag) *tag;
	__typeof__(dwarf_child) *child;
	__typeof__(dwarf_siblingof) *siblingof;
	__typeof__(dwarf_attr) *attr;
	__typeof__(dwarf_attr_integrate) *attr_integrate;
	__typeof__(dwarf_formstring) *formstring;
	__typeof__(dwarf_formudata) *formudata;
	__typeof__(dwarf_getsrcfiles) *getsrcfiles;
	__typeof__(dwarf_filesrc) *filesrc;
	__typeof__(dwfl_begin) *dwfl_begin;
	__typeof__(dwfl_end) *dwfl_end;
	__typeof__(dwfl_report_begin) *dwfl_report_begin;
	__typeof__(dwfl_report_module) *dwfl_report_module;
	__typeof__(dwfl_report_end) *dwfl_report_end;
	__typeof__(dwfl_attach_state) *dwfl_attach_state;
	__typeof__(dwfl_getthread_frames) *dwfl_getthread_frames;
	__typeof__(dwfl_frame_pc) *dwfl_frame_pc;
	__typeof__(dwfl_thread_state_registers) *dwfl_thread_state_registers;
	__typeof__(dwfl_thread_state_register_pc) *dwfl_thread_state_register_pc;
	__typeof__(dwfl_module_info) *dwfl_module_info;
	__typeof__(dwfl_addrmodule) *dwfl_addrmodule;
#if _ELFUTILS_PREREQ(0, 188)
	__typeof__(dwfl_frame_reg) *dwfl_frame_reg;
#endif
	__typeof__(elf_version) *elf_version;
	__typeof__(elf_begin) *elf_begin;
	__typeof__(elf_end) *elf_end;
};

/* Loads it, for good. Returns 0 and fills *ret_libdw; or -ELIBACC without it. */
int libdw_load(struct libdw *ret_libdw);
#else
struct libdw {
	char nothing;
};

/* Returns -ELIBACC. */
int libdw_load(struct libdw *ret_libdw);
#endif

#endif
