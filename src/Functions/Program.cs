using Functions;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<CallersWhoHangUp>();
builder.Services.AddApp(builder.Configuration);
builder.Build().Run();
