using PcBench.Contracts;
using PcBench.Ml.Features.Assess;

var builder = WebApplication.CreateSlimBuilder(args);

// Services
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddProblemDetails();
builder.Services.AddHealthChecks();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));

// Pipeline
var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();

// Endpoints
app.MapAssess();
app.MapHealthChecks("/health/startup");
app.MapHealthChecks("/health/ready");
app.MapHealthChecks("/health/live");
app.Run();
