namespace PcBench.Cli.Workloads.Gpu;

/// <summary>The graphics processors that can be measured, by the interface to them; opened when first asked for.</summary>
/// <param name="anyDevice">Whether OpenCL on the processor will do where there is no graphics processor: only if someone asks for just that.</param>
internal sealed class GpuDevices(bool anyDevice) : IDisposable
{
    private readonly Dictionary<string, (IGpu? Gpu, string? Obstacle)> opened = [];

    /// <summary>Why nothing can be measured by an interface; null where it can.</summary>
    /// <param name="api"><c>opencl</c> or <c>cuda</c>.</param>
    public string? Obstacle(string api) => Of(api).Obstacle;

    /// <summary>The device.</summary>
    /// <exception cref="InvalidOperationException">There is an obstacle.</exception>
    public IGpu Open(string api) => Of(api) is { Gpu: { } gpu } ? gpu : throw new InvalidOperationException(Of(api).Obstacle);

    public void Dispose()
    {
        foreach (var (gpu, _) in opened.Values)
            gpu?.Dispose();
    }

    private (IGpu? Gpu, string? Obstacle) Of(string api)
    {
        if (!opened.TryGetValue(api, out var found))
            opened[api] = found = Find(api);
        return found;
    }

    private (IGpu?, string?) Find(string api)
    {
        try
        {
            IGpu? gpu = api == GpuLibraries.Cuda ? CudaGpu.Open() : OpenClGpu.Open(anyDevice);
            return (gpu, gpu is not null ? null
                : api == GpuLibraries.Cuda ? "no NVIDIA graphics processor with its driver was found"
                : "no graphics processor with an OpenCL driver was found");
        }
        catch (Exception error) when (error is IOException or EntryPointNotFoundException or DllNotFoundException)
        {
            return (null, error.Message.TrimEnd('.'));
        }
    }
}
