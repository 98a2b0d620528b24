using System.Runtime.InteropServices;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Workloads.Gpu;

/// <summary>The first NVIDIA processor, by the driver's own interface: nothing but the driver need be installed.</summary>
internal sealed unsafe partial class CudaGpu : IGpu
{
    private const int Multiprocessors = 16;

    private readonly int device;
    private readonly nint context;
    private readonly nint module;

    private CudaGpu(int device)
    {
        this.device = device;
        var name = stackalloc byte[256];
        Check(GetName(name, 256, device));
        Name = HardwareText.Clean(Marshal.PtrToStringUTF8((nint)name)) ?? "unknown";
        int units;
        Check(GetAttribute(&units, Multiprocessors, device));
        Units = units;
        nint made;
        Check(RetainContext(&made, device));
        context = made;
        Use();
        nuint free, total;
        Check(GetMemory(&free, &total));
        LargestBuffer = (long)free;
        byte[] ptx = [.. GpuSource.Ptx, 0];
        fixed (byte* text = ptx)
            Check(LoadModule(&made, text));
        module = made;
    }

    public string Name { get; }

    public bool HasDouble => true;

    public int Units { get; }

    public long LargestBuffer { get; }

    /// <summary>Opens the device; null where there is none.</summary>
    public static CudaGpu? Open()
    {
        int count, device;
        var isThere = GpuLibraries.IsThere(GpuLibraries.Cuda) && Initialize(0) == 0 && Count(&count) == 0 && count > 0;
        if (!isThere)
            return null;
        Check(GetDevice(&device, 0));
        return new CudaGpu(device);
    }

    public nint Allocate(nuint bytes)
    {
        Use();
        nint buffer;
        Check(MemoryAllocate(&buffer, bytes));
        return buffer;
    }

    // After an error the driver refuses everything, freeing too; what it holds goes with the process.
    public void Free(nint buffer) => _ = SetContext(context) + MemoryFree(buffer);

    public HostMemory AllocateHost(nuint bytes)
    {
        Use();
        nint memory;
        Check(HostAllocate(&memory, bytes, 0));
        return new HostMemory(memory, memory);
    }

    public void Free(HostMemory memory) => _ = SetContext(context) + HostFree(memory.Handle);

    public void Upload(nint buffer, nuint offset, void* from, nuint bytes)
    {
        Use();
        Check(ToDevice(buffer + (nint)offset, from, bytes));
    }

    public void Download(nint buffer, nuint offset, void* to, nuint bytes)
    {
        Use();
        Check(ToHost(to, buffer + (nint)offset, bytes));
    }

    public void Copy(nint from, nint to, nuint bytes)
    {
        Use();
        Check(WithinDevice(to, from, bytes, 0));
    }

    public nint Kernel(string name)
    {
        Use();
        nint kernel;
        Check(GetFunction(&kernel, module, name));
        return kernel;
    }

    public void Launch(nint kernel, int groupsX, int groupsY, int side, int rows, params ReadOnlySpan<GpuArgument> arguments)
    {
        Use();
        var bits = stackalloc long[arguments.Length];
        var pointers = stackalloc nint[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            (bits[i], pointers[i]) = (arguments[i].Bits, (nint)(bits + i));
        Check(LaunchKernel(kernel, (uint)groupsX, (uint)groupsY, 1, (uint)side, (uint)rows, 1, 0, 0, pointers, 0));
    }

    public void Finish()
    {
        Use();
        Check(Synchronize());
    }

    public void Dispose() => _ = ReleaseContext(device);

    // A context belongs to the thread that set it, and ours come and go.
    private void Use() => Check(SetContext(context));

    private static void Check(int error)
    {
        if (error == 0)
            return;
        nint name;
        var text = GetErrorName(error, &name) == 0 ? Marshal.PtrToStringUTF8(name) : null;
        throw new IOException($"The graphics driver failed ({text ?? $"CUDA error {error}"}).");
    }

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuInit")]
    private static partial int Initialize(uint flags);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuDeviceGetCount")]
    private static partial int Count(int* count);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuDeviceGet")]
    private static partial int GetDevice(int* device, int ordinal);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuDeviceGetName")]
    private static partial int GetName(byte* name, int length, int device);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuDeviceGetAttribute")]
    private static partial int GetAttribute(int* value, int attribute, int device);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuDevicePrimaryCtxRetain")]
    private static partial int RetainContext(nint* context, int device);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    private static partial int ReleaseContext(int device);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuCtxSetCurrent")]
    private static partial int SetContext(nint context);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuCtxSynchronize")]
    private static partial int Synchronize();

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuMemGetInfo_v2")]
    private static partial int GetMemory(nuint* free, nuint* total);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuMemAlloc_v2")]
    private static partial int MemoryAllocate(nint* buffer, nuint bytes);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuMemFree_v2")]
    private static partial int MemoryFree(nint buffer);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuMemHostAlloc")]
    private static partial int HostAllocate(nint* memory, nuint bytes, uint flags);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuMemFreeHost")]
    private static partial int HostFree(nint memory);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuMemcpyHtoD_v2")]
    private static partial int ToDevice(nint to, void* from, nuint bytes);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuMemcpyDtoH_v2")]
    private static partial int ToHost(void* to, nint from, nuint bytes);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuMemcpyDtoDAsync_v2")]
    private static partial int WithinDevice(nint to, nint from, nuint bytes, nint stream);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuModuleLoadData")]
    private static partial int LoadModule(nint* module, byte* image);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuModuleGetFunction", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetFunction(nint* function, nint module, string name);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuLaunchKernel")]
    private static partial int LaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint shared, nint stream, nint* arguments, nint extra);

    [LibraryImport(GpuLibraries.Cuda, EntryPoint = "cuGetErrorName")]
    private static partial int GetErrorName(int error, nint* name);
}
