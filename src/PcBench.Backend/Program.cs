using PcBench.Backend;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddBackend();

var app = builder.Build();
app.MapBackend();
app.Run();
