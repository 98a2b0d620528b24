using Microsoft.Extensions.Options;

namespace PcBench.Backend.Features.Imports;

/// <summary>Lets so many imports in at once.</summary>
internal sealed class ImportGate(IOptions<ImportOptions> options) : IDisposable
{
    private readonly SemaphoreSlim places = new(options.Value.AtOnce);

    /// <returns>A place, to be given back; null where there is none.</returns>
    public IDisposable? TryEnter() => places.Wait(0, CancellationToken.None) ? new Place(places) : null;

    public void Dispose() => places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
