/*
 * The limit: the same programs on the same plugin in bare loops, with argument structs that are built once.
 * Usage: loop PLUGIN ROW. Prints one number: the median over batches of the time of one operation, in microseconds;
 * of `memory`, megabytes.
 */
#include "pjrt_abi.h"
#include <dlfcn.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MEGABYTES_64 (64L << 20)
#define PARAMETERS 13107200L
#define STEPS 20
#define INPUTS 500
#define MOST_BATCHES 2000

#define SET(args, type, field, value) (*(int64_t *)((args) + type##__##field) = (int64_t)(value))
#define SET_INT(args, type, field, value) (*(int32_t *)((args) + type##__##field) = (value))
#define GET(args, type, field) (*(int64_t *)((args) + type##__##field))
#define NEW(type) new_struct(type##__SIZEOF, type##__STRUCT_SIZE)
#define CALL(function, args) check(#function, (*(void *(**)(void *))(api + PJRT_Api__##function))(args))

static char *api;
static int64_t client;
static int64_t device;

static void fail(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static char *new_struct(size_t size, size_t struct_size) {
  char *made = calloc(1, size);
  *(size_t *)made = struct_size;
  return made;
}

static void check(const char *function, void *error) {
  if (error) {
    char *args = NEW(PJRT_Error_Message_Args);
    SET(args, PJRT_Error_Message_Args, error, error);
    (*(void (**)(void *))(api + PJRT_Api__PJRT_Error_Message))(args);
    fail(function, (const char *)GET(args, PJRT_Error_Message_Args, message));
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void open_client(const char *plugin) {
  setenv("TF_CPP_MIN_LOG_LEVEL", "3", 1);
  void *library = dlopen(plugin, RTLD_NOW);
  if (!library) fail("dlopen", dlerror());
  api = ((char *(*)(void))dlsym(library, "GetPjrtApi"))();
  CALL(PJRT_Plugin_Initialize, NEW(PJRT_Plugin_Initialize_Args));
  char *create = NEW(PJRT_Client_Create_Args);
  CALL(PJRT_Client_Create, create);
  client = GET(create, PJRT_Client_Create_Args, client);
  char *devices = NEW(PJRT_Client_AddressableDevices_Args);
  SET(devices, PJRT_Client_AddressableDevices_Args, client, client);
  CALL(PJRT_Client_AddressableDevices, devices);
  device = *(int64_t *)GET(devices, PJRT_Client_AddressableDevices_Args, addressable_devices);
}

static int64_t compile(const char *text) {
  /* executable_build_options { num_replicas: 1 num_partitions: 1 } */
  static unsigned char options[] = {0x1a, 4, 0x20, 1, 0x28, 1};
  char *program = NEW(PJRT_Program);
  SET(program, PJRT_Program, code, text);
  SET(program, PJRT_Program, code_size, strlen(text));
  SET(program, PJRT_Program, format, "mlir");
  SET(program, PJRT_Program, format_size, 4);
  char *args = NEW(PJRT_Client_Compile_Args);
  SET(args, PJRT_Client_Compile_Args, client, client);
  SET(args, PJRT_Client_Compile_Args, program, program);
  SET(args, PJRT_Client_Compile_Args, compile_options, options);
  SET(args, PJRT_Client_Compile_Args, compile_options_size, sizeof options);
  CALL(PJRT_Client_Compile, args);
  return GET(args, PJRT_Client_Compile_Args, executable);
}

static char *sending(const float *data, const int64_t *count, int semantics) {
  char *args = NEW(PJRT_Client_BufferFromHostBuffer_Args);
  SET(args, PJRT_Client_BufferFromHostBuffer_Args, client, client);
  SET(args, PJRT_Client_BufferFromHostBuffer_Args, data, data);
  SET_INT(args, PJRT_Client_BufferFromHostBuffer_Args, type, PJRT_Buffer_Type_F32);
  SET(args, PJRT_Client_BufferFromHostBuffer_Args, dims, count);
  SET(args, PJRT_Client_BufferFromHostBuffer_Args, num_dims, 1);
  SET_INT(args, PJRT_Client_BufferFromHostBuffer_Args, host_buffer_semantics, semantics);
  SET(args, PJRT_Client_BufferFromHostBuffer_Args, device, device);
  return args;
}

static void destroy_event(int64_t event) {
  static char *args;
  if (!args) args = NEW(PJRT_Event_Destroy_Args);
  SET(args, PJRT_Event_Destroy_Args, event, event);
  CALL(PJRT_Event_Destroy, args);
}

static void destroy_buffer(int64_t buffer) {
  static char *args;
  if (!args) args = NEW(PJRT_Buffer_Destroy_Args);
  SET(args, PJRT_Buffer_Destroy_Args, buffer, buffer);
  CALL(PJRT_Buffer_Destroy, args);
}

static int64_t send(char *args) {
  CALL(PJRT_Client_BufferFromHostBuffer, args);
  destroy_event(GET(args, PJRT_Client_BufferFromHostBuffer_Args, done_with_host_buffer));
  return GET(args, PJRT_Client_BufferFromHostBuffer_Args, buffer);
}

static void await(int64_t buffer) {
  static char *ready, *args;
  if (!ready) ready = NEW(PJRT_Buffer_ReadyEvent_Args);
  if (!args) args = NEW(PJRT_Event_Await_Args);
  SET(ready, PJRT_Buffer_ReadyEvent_Args, buffer, buffer);
  CALL(PJRT_Buffer_ReadyEvent, ready);
  int64_t event = GET(ready, PJRT_Buffer_ReadyEvent_Args, event);
  SET(args, PJRT_Event_Await_Args, event, event);
  CALL(PJRT_Event_Await, args);
  destroy_event(event);
}

/* A call with its structs. Its arguments are at `arguments`, its output comes to `output`. */
struct call {
  char *args;
  int64_t *arguments, **argument_lists;
  int64_t output, *outputs, **output_lists;
};

static void make_call(struct call *call, int64_t executable, int inputs) {
  call->args = NEW(PJRT_LoadedExecutable_Execute_Args);
  call->arguments = calloc(inputs, sizeof(int64_t));
  call->argument_lists = &call->arguments;
  call->outputs = &call->output;
  call->output_lists = &call->outputs;
  SET(call->args, PJRT_LoadedExecutable_Execute_Args, executable, executable);
  SET(call->args, PJRT_LoadedExecutable_Execute_Args, options, NEW(PJRT_ExecuteOptions));
  SET(call->args, PJRT_LoadedExecutable_Execute_Args, argument_lists, call->argument_lists);
  SET(call->args, PJRT_LoadedExecutable_Execute_Args, num_devices, 1);
  SET(call->args, PJRT_LoadedExecutable_Execute_Args, num_args, inputs);
  SET(call->args, PJRT_LoadedExecutable_Execute_Args, output_lists, call->output_lists);
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Prints the median time of an operation. The first third of the batches is to get warm. */
static void measure(void (*operation)(void *), void *state, int batches, int operations, int each) {
  static double times[MOST_BATCHES];
  int warm = batches / 3;
  for (int i = -warm; i < batches; i++) {
    double start = now();
    for (int j = 0; j < operations; j++) operation(state);
    if (i >= 0) times[i] = (now() - start) / operations / each;
  }
  qsort(times, batches, sizeof times[0], by_size);
  printf("%.4f\n", times[batches / 2]);
}

static void execute(void *state) {
  struct call *call = state;
  CALL(PJRT_LoadedExecutable_Execute, call->args);
  destroy_buffer(call->output);
}

static void sum(int inputs, int batches, int operations) {
  char *text = malloc(1 << 20), *end = text;
  end += sprintf(end, "func.func @main(%%a0: tensor<4xf32>");
  for (int i = 1; i < inputs; i++) end += sprintf(end, ", %%a%d: tensor<4xf32>", i);
  end += sprintf(end, ") -> tensor<4xf32> {\n");
  for (int i = 1; i < inputs; i++)
    end += sprintf(end, "  %%s%d = stablehlo.add %%%s%d, %%a%d : tensor<4xf32>\n", i, i > 1 ? "s" : "a", i - 1, i);
  sprintf(end, "  return %%s%d : tensor<4xf32>\n}\n", inputs - 1);
  struct call call;
  make_call(&call, compile(text), inputs);
  float data[4] = {1, 2, 3, 4};
  int64_t count = 4;
  for (int i = 0; i < inputs; i++)
    call.arguments[i] = send(sending(data, &count, PJRT_HostBufferSemantics_kImmutableOnlyDuringCall));
  measure(execute, &call, batches, operations, 1);
}

static float *floats(long bytes) {
  float *made = aligned_alloc(64, bytes);
  for (long i = 0; i < bytes / 4; i++) made[i] = 1 + i % 7;
  return made;
}

static void share(void *state) { destroy_buffer(send(state)); }

struct copy {
  float *from, *to;
};

static void copy(void *state) {
  struct copy *copy = state;
  memcpy(copy->to, copy->from, MEGABYTES_64);
}

static void train(void *state) {
  struct call *call = state;
  for (int i = 0; i < STEPS; i++) {
    CALL(PJRT_LoadedExecutable_Execute, call->args);
    destroy_buffer(call->arguments[0]);
    call->arguments[0] = call->output;
  }
  await(call->output);
}

static void make_training(struct call *call) {
  make_call(call,
            compile("func.func @main(%w: tensor<13107200xf32> {tf.aliasing_output = 0 : i32}) -> tensor<13107200xf32> {\n"
                    "  %rate = stablehlo.constant dense<0.01> : tensor<13107200xf32>\n"
                    "  %one = stablehlo.constant dense<1.0> : tensor<13107200xf32>\n"
                    "  %gradient = stablehlo.subtract %w, %one : tensor<13107200xf32>\n"
                    "  %step = stablehlo.multiply %gradient, %rate : tensor<13107200xf32>\n"
                    "  %next = stablehlo.subtract %w, %step : tensor<13107200xf32>\n"
                    "  return %next : tensor<13107200xf32>\n"
                    "}\n"),
            1);
  int64_t count = PARAMETERS;
  float *data = floats(PARAMETERS * 4);
  call->arguments[0] = send(sending(data, &count, PJRT_HostBufferSemantics_kImmutableOnlyDuringCall));
  await(call->arguments[0]);
  free(data);
}

/* A line of /proc/self/status, in megabytes. */
static double status(const char *name) {
  FILE *file = fopen("/proc/self/status", "r");
  char line[256];
  double kilobytes = -1;
  while (fgets(line, sizeof line, file))
    if (!strncmp(line, name, strlen(name))) kilobytes = atof(line + strlen(name));
  fclose(file);
  return kilobytes / 1024;
}

static void print_growth(struct call *call) {
  train(call);
  FILE *clear = fopen("/proc/self/clear_refs", "w");
  if (!clear || fputs("5", clear) < 0 || fclose(clear)) fail("clear_refs", "cannot reset the peak");
  double before = status("VmRSS:");
  train(call);
  printf("%.2f\n", status("VmHWM:") - before);
}

int main(int count, char **words) {
  if (count != 3) fail("usage", "loop PLUGIN ROW");
  const char *row = words[2];
  struct call call;
  open_client(words[1]);
  if (!strcmp(row, "add")) {
    sum(2, 2000, 200);
  } else if (!strcmp(row, "inputs")) {
    sum(INPUTS, 2000, 5);
  } else if (!strcmp(row, "share")) {
    int64_t elements = MEGABYTES_64 / 4;
    measure(share, sending(floats(MEGABYTES_64), &elements, PJRT_HostBufferSemantics_kImmutableZeroCopy), 2000, 20, 1);
  } else if (!strcmp(row, "memcpy")) {
    struct copy state = {floats(MEGABYTES_64), floats(MEGABYTES_64)};
    measure(copy, &state, 60, 1, 1);
  } else if (!strcmp(row, "training")) {
    make_training(&call);
    measure(train, &call, 20, 1, STEPS);
  } else if (!strcmp(row, "memory")) {
    make_training(&call);
    print_growth(&call);
  } else {
    fail("no such row", row);
  }
  fflush(stdout);
  /* The plugin's threads need not end. */
  _exit(0);
}
