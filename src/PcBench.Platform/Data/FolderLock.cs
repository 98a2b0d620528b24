using Microsoft.Extensions.Options;

namespace PcBench.Platform.Data;

/// <summary>
/// Holds a data folder for this process alone: the ranks and caches in its memory would not know what another one commits.
/// The system lets go of it with the process, however that ends.
/// </summary>
/// <param name="options">Which folder.</param>
public sealed class FolderLock(IOptions<DataOptions> options) : IDisposable
{
    private FileStream? file;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="OptionsValidationException">Another process has it.</exception>
    public void Take()
    {
        var folder = options.Value.Folder;
        try
        {
            file = new FileStream(Path.Combine(Path.GetFullPath(folder), "pcbench.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new OptionsValidationException(DataOptions.Section, typeof(DataOptions),
                [$"Data:Folder = '{folder}' is in use by another process. Stop that one, or give this one a folder of its own, in appsettings.json or as environment variable Data__Folder."]);
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => file?.Dispose();
}
