using System.Runtime.InteropServices;
using System.Text;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Workloads.Gpu;

/// <summary>The first graphics processor that OpenCL shows; if wished, any device where there is none, as a driver may run kernels on the processor.</summary>
internal sealed unsafe partial class OpenClGpu : IGpu
{
    private const ulong Gpus = 1 << 2;
    private const ulong AnyDevice = 0xFFFFFFFF;
    private const int ComputeUnits = 0x1002;
    private const int NameOfDevice = 0x102B;
    private const int LargestAllocation = 0x1010;
    private const int DoubleConfig = 0x1032;
    private const int BuildLog = 0x1183;
    private const int Blocking = 1;
    private const ulong ReadWrite = 1;
    private const ulong InHostMemory = 1 << 4;
    private const ulong ToRead = 1;
    private const ulong ToWrite = 1 << 1;

    private readonly nint device;
    private readonly nint context;
    private readonly nint queue;
    private readonly nint program;

    private OpenClGpu(nint device)
    {
        this.device = device;
        Name = HardwareText.Clean(Encoding.UTF8.GetString(Info(NameOfDevice, 1024)).TrimEnd('\0')) ?? "unknown";
        LargestBuffer = BitConverter.ToInt64(Info(LargestAllocation, sizeof(long)));
        Units = BitConverter.ToInt32(Info(ComputeUnits, sizeof(int)));
        HasDouble = BitConverter.ToInt64(Info(DoubleConfig, sizeof(long))) != 0;
        int error;
        context = CreateContext(0, 1, &device, 0, 0, &error);
        Check(error);
        queue = CreateCommandQueue(context, device, 0, &error);
        Check(error);
        program = Build();
    }

    public string Name { get; }

    public bool HasDouble { get; }

    public int Units { get; }

    public long LargestBuffer { get; }

    /// <summary>Opens the device; null where there is none.</summary>
    public static OpenClGpu? Open(bool anyDevice)
    {
        if (!GpuLibraries.IsThere(GpuLibraries.OpenCl))
            return null;
        uint count;
        if (GetPlatforms(0, null, &count) != 0 || count == 0)
            return null;
        var platforms = stackalloc nint[(int)Math.Min(count, 16)];
        Check(GetPlatforms(Math.Min(count, 16), platforms, null));
        foreach (var kind in anyDevice ? (ulong[])[Gpus, AnyDevice] : [Gpus])
        {
            for (var i = 0; i < Math.Min(count, 16); i++)
            {
                nint found;
                if (GetDevices(platforms[i], kind, 1, &found, null) == 0)
                    return new OpenClGpu(found);
            }
        }

        return null;
    }

    public nint Allocate(nuint bytes)
    {
        int error;
        var buffer = CreateBuffer(context, ReadWrite, bytes, 0, &error);
        Check(error);
        return buffer;
    }

    public void Free(nint buffer) => _ = ReleaseBuffer(buffer);

    public HostMemory AllocateHost(nuint bytes)
    {
        int error;
        var buffer = CreateBuffer(context, ReadWrite | InHostMemory, bytes, 0, &error);
        Check(error);
        var start = MapBuffer(queue, buffer, Blocking, ToRead | ToWrite, 0, bytes, 0, 0, 0, &error);
        Check(error);
        return new HostMemory(start, buffer);
    }

    public void Free(HostMemory memory)
    {
        _ = Unmap(queue, memory.Handle, memory.Start, 0, 0, 0); // after an error the driver refuses this too
        Finish();
        _ = ReleaseBuffer(memory.Handle);
    }

    public void Upload(nint buffer, nuint offset, void* from, nuint bytes) => Check(EnqueueWrite(queue, buffer, Blocking, offset, bytes, from, 0, 0, 0));

    public void Download(nint buffer, nuint offset, void* to, nuint bytes) => Check(EnqueueRead(queue, buffer, Blocking, offset, bytes, to, 0, 0, 0));

    public void Copy(nint from, nint to, nuint bytes) => Check(EnqueueCopy(queue, from, to, 0, 0, bytes, 0, 0, 0));

    public nint Kernel(string name)
    {
        int error;
        var kernel = CreateKernel(program, name, &error);
        Check(error);
        return kernel;
    }

    public void Launch(nint kernel, int groupsX, int groupsY, int side, int rows, params ReadOnlySpan<GpuArgument> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var bits = arguments[i].Bits;
            Check(SetArgument(kernel, (uint)i, (nuint)arguments[i].Bytes, &bits));
        }

        var global = stackalloc nuint[] { (nuint)(groupsX * side), (nuint)(groupsY * rows) };
        var local = stackalloc nuint[] { (nuint)side, (nuint)rows };
        Check(EnqueueKernel(queue, kernel, 2, null, global, local, 0, 0, 0));
    }

    public void Finish() => Check(WaitForQueue(queue));

    public void Dispose()
    {
        _ = ReleaseProgram(program);
        _ = ReleaseQueue(queue);
        _ = ReleaseContext(context);
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new IOException($"The graphics driver failed (OpenCL error {error}).");
    }

    private nint Build()
    {
        int error;
        nint made;
        var source = GpuSource.OpenCl;
        fixed (byte* text = source)
        {
            var start = text;
            var length = (nuint)source.Length;
            made = CreateProgram(context, 1, &start, &length, &error);
            Check(error);
        }

        fixed (nint* target = &device)
            error = BuildProgram(made, 1, target, HasDouble ? "" : "-DNO_DOUBLE", 0, 0);
        if (error == 0)
            return made;
        var log = new byte[4096];
        fixed (byte* bytes = log)
            _ = GetBuildInfo(made, device, BuildLog, (nuint)log.Length, bytes, null);
        throw new IOException($"The graphics driver could not compile the kernels: {Encoding.UTF8.GetString(log).TrimEnd('\0', '\n')}");
    }

    private byte[] Info(int what, int bytes)
    {
        var value = new byte[bytes];
        fixed (byte* target = value)
            _ = GetDeviceInfo(device, what, (nuint)bytes, target, null);
        return value;
    }

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clGetPlatformIDs")]
    private static partial int GetPlatforms(uint count, nint* platforms, uint* there);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clGetDeviceIDs")]
    private static partial int GetDevices(nint platform, ulong kind, uint count, nint* devices, uint* there);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clGetDeviceInfo")]
    private static partial int GetDeviceInfo(nint device, int what, nuint bytes, void* value, nuint* needed);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clCreateContext")]
    private static partial nint CreateContext(nint properties, uint count, nint* devices, nint callback, nint data, int* error);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clCreateCommandQueue")]
    private static partial nint CreateCommandQueue(nint context, nint device, ulong properties, int* error);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clCreateProgramWithSource")]
    private static partial nint CreateProgram(nint context, uint count, byte** texts, nuint* lengths, int* error);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clBuildProgram", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BuildProgram(nint program, uint count, nint* devices, string options, nint callback, nint data);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clGetProgramBuildInfo")]
    private static partial int GetBuildInfo(nint program, nint device, int what, nuint bytes, void* value, nuint* needed);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clCreateKernel", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint CreateKernel(nint program, string name, int* error);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clSetKernelArg")]
    private static partial int SetArgument(nint kernel, uint index, nuint bytes, void* value);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clCreateBuffer")]
    private static partial nint CreateBuffer(nint context, ulong flags, nuint bytes, nint host, int* error);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clReleaseMemObject")]
    private static partial int ReleaseBuffer(nint buffer);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clEnqueueMapBuffer")]
    private static partial nint MapBuffer(nint queue, nint buffer, int blocking, ulong use, nuint offset, nuint bytes, uint waits, nint wait, nint done, int* error);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clEnqueueUnmapMemObject")]
    private static partial int Unmap(nint queue, nint buffer, nint start, uint waits, nint wait, nint done);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clEnqueueWriteBuffer")]
    private static partial int EnqueueWrite(nint queue, nint buffer, int blocking, nuint offset, nuint bytes, void* from, uint waits, nint wait, nint done);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clEnqueueReadBuffer")]
    private static partial int EnqueueRead(nint queue, nint buffer, int blocking, nuint offset, nuint bytes, void* to, uint waits, nint wait, nint done);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clEnqueueCopyBuffer")]
    private static partial int EnqueueCopy(nint queue, nint from, nint to, nuint fromOffset, nuint toOffset, nuint bytes, uint waits, nint wait, nint done);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clEnqueueNDRangeKernel")]
    private static partial int EnqueueKernel(nint queue, nint kernel, uint dimensions, nuint* offset, nuint* global, nuint* local, uint waits, nint wait, nint done);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clFinish")]
    private static partial int WaitForQueue(nint queue);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clReleaseProgram")]
    private static partial int ReleaseProgram(nint program);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clReleaseCommandQueue")]
    private static partial int ReleaseQueue(nint queue);

    [LibraryImport(GpuLibraries.OpenCl, EntryPoint = "clReleaseContext")]
    private static partial int ReleaseContext(nint context);
}
