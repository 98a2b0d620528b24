namespace PcBench.Cli.Workloads.Gpu;

/// <summary>The kernels, which are within the program.</summary>
internal static class GpuSource
{
    /// <summary>As OpenCL C.</summary>
    public static byte[] OpenCl => Read("GpuKernels.cl");

    /// <summary>As PTX, NVIDIA's portable assembler, which the driver compiles for its device.</summary>
    public static byte[] Ptx => Read("GpuKernels.ptx");

    private static byte[] Read(string name)
    {
        using var stream = typeof(GpuSource).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
