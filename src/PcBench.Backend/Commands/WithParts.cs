namespace PcBench.Backend.Commands;

/// <summary>Does something with the parts of the service, without serving. Tests give those of a service of their own.</summary>
/// <returns>An exit code: why the service could not be used.</returns>
internal delegate Task<int> WithParts(Func<IServiceProvider, Task> work);
