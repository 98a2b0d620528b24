using PcBench.Contracts;
using PcBench.Ml.Features.Assess;
using PcBench.Platform.Health;
using PcBench.Platform.Telemetry;

var builder = WebApplication.CreateSlimBuilder(args);

// Services
builder.AddTelemetry("ml-service");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddProblemDetails();
builder.Services.AddHealth();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));

// Pipeline
var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();

// Endpoints
app.MapAssess();
app.MapHealth();
app.MapMetrics();
app.Run();
