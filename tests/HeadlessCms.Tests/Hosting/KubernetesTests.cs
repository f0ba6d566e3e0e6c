using System.Runtime.CompilerServices;
using HeadlessCms.Api.Hosting.Options;
using k8s;
using k8s.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HeadlessCms.Tests.Hosting;

/// <summary>The manifests in docs/kubernetes, read strictly by the types of Kubernetes' API.</summary>
public sealed class KubernetesTests
{
    private static readonly List<object> Objects =
    [
        .. Files()
            .Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true)),
    ];

    private static readonly V1Deployment Deployment = One<V1Deployment>();
    private static readonly V1PodSpec Pod = Deployment.Spec.Template.Spec;
    private static readonly V1Container Node = Pod.Containers.Single();

    [Fact]
    public void A_member_that_the_api_does_not_have_is_noticed()
    {
        var misspelt = File.ReadAllText(At("deployment.yaml"))
            .Replace("readOnlyRootFilesystem", "readOnlyRootFileSystem", StringComparison.Ordinal);

        Assert.Throws<YamlException>(() => KubernetesYaml.LoadAllFromString(misspelt, strict: true));
    }

    [Fact]
    public void The_kustomization_lists_every_manifest()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(At("kustomization.yaml"))));
        var listed = (YamlSequenceNode)yaml.Documents[0].RootNode["resources"];

        Assert.Equal(
            Files().Select(Path.GetFileName).Where(file => file != "kustomization.yaml").Order(StringComparer.Ordinal),
            listed.Select(file => file.ToString()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_setting_is_known_and_none_is_a_secret()
    {
        var known = OptionsReader.Names(typeof(CmsOptions), CmsOptions.Section).ToHashSet(StringComparer.Ordinal);
        var settings = One<V1ConfigMap>().Data;

        Assert.All(settings.Keys.Where(name => name.StartsWith("Cms__", StringComparison.Ordinal)), name =>
            Assert.Contains(name.Replace("__", ":", StringComparison.Ordinal), known)
        );
        Assert.DoesNotContain(settings, setting =>
            setting.Key is "Cms__AdminKey" or "Cms__DatabasePassword" || setting.Value.Contains("Password=", StringComparison.Ordinal)
        );
        Assert.Equal(One<V1ConfigMap>().Metadata.Name, Assert.Single(Node.EnvFrom).ConfigMapRef.Name);
        Assert.Equal(settings["CMS_SECRETS_DIRECTORY"], MountOf("secrets"));
        Assert.Equal(settings["Cms__DataProtection__Directory"], MountOf("keys"));
    }

    [Fact]
    public void What_selects_pods_selects_those_of_the_deployment()
    {
        var labels = Deployment.Spec.Template.Metadata.Labels;

        Assert.All(
            new[]
            {
                Deployment.Spec.Selector.MatchLabels,
                One<V1Service>().Spec.Selector,
                One<V1PodDisruptionBudget>().Spec.Selector.MatchLabels,
                One<V1NetworkPolicy>().Spec.PodSelector.MatchLabels,
                Assert.Single(Pod.TopologySpreadConstraints).LabelSelector.MatchLabels,
            },
            selector => Assert.Equal(labels, selector)
        );
        var target = One<V2HorizontalPodAutoscaler>().Spec.ScaleTargetRef;
        Assert.Equal((Deployment.ApiVersion, Deployment.Kind, Deployment.Metadata.Name), (target.ApiVersion, target.Kind, target.Name));
        Assert.Null(Deployment.Spec.Replicas); // or each apply would undo the autoscaler
        Assert.True(One<V2HorizontalPodAutoscaler>().Spec.MinReplicas >= 2);
    }

    [Fact]
    public void Ports_are_those_of_the_container_and_of_the_settings()
    {
        var ports = Node.Ports.ToDictionary(port => port.Name, port => port.ContainerPort);
        var settings = One<V1ConfigMap>().Data;

        Assert.EndsWith($":{ports["http"]}", settings["ASPNETCORE_URLS"], StringComparison.Ordinal);
        Assert.EndsWith($":{ports["management"]}", settings["Cms__Management__Urls"], StringComparison.Ordinal);
        Assert.Equal("http", Assert.Single(One<V1Service>().Spec.Ports).TargetPort.Value);
        Assert.Equal(
            ["http", "management"],
            One<V1NetworkPolicy>().Spec.Ingress.SelectMany(rule => rule.Ports).Select(port => port.Port.Value)
        );
        foreach (
            var (probe, path) in new[]
            {
                (Node.StartupProbe, "/health/live"),
                (Node.LivenessProbe, "/health/live"),
                (Node.ReadinessProbe, "/health/ready"),
            }
        )
            Assert.Equal(("management", path), (probe.HttpGet.Port.Value, probe.HttpGet.Path));
    }

    [Fact]
    public void A_node_has_time_to_drain_and_another_is_there_before_it_goes()
    {
        var beforeStop = Node.Lifecycle.PreStop.Sleep.Seconds;

        Assert.True(Pod.TerminationGracePeriodSeconds >= beforeStop + 40); // docs/operating.md: 40 s
        Assert.Equal("0", Deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
    }

    [Fact]
    public void A_node_has_no_rights_that_it_does_not_need()
    {
        Assert.Equal((true, 1654), (Pod.SecurityContext.RunAsNonRoot, Pod.SecurityContext.RunAsUser));
        Assert.Equal("RuntimeDefault", Pod.SecurityContext.SeccompProfile.Type);
        Assert.Equal((true, false), (Node.SecurityContext.ReadOnlyRootFilesystem, Node.SecurityContext.AllowPrivilegeEscalation));
        Assert.Equal(["ALL"], Node.SecurityContext.Capabilities.Drop);
        Assert.False(Pod.AutomountServiceAccountToken);
        Assert.Equal("512Mi", Node.Resources.Limits["memory"].ToString());
        Assert.Equal(["cpu", "memory"], Node.Resources.Requests.Keys.Order());
        Assert.Equal(Node.VolumeMounts.Select(mount => mount.Name).Order(), Pod.Volumes.Select(volume => volume.Name).Order());
        Assert.Equal(
            One<V1PersistentVolumeClaim>().Metadata.Name,
            Pod.Volumes.Single(volume => volume.Name == "keys").PersistentVolumeClaim.ClaimName
        );
        Assert.Matches(@":\d+\.\d+\.\d+$", Node.Image);
    }

    private static string MountOf(string volume) => Node.VolumeMounts.Single(mount => mount.Name == volume).MountPath;

    private static T One<T>() => Assert.Single(Objects.OfType<T>());

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(At("."), "*.yaml");

    private static string At(string file, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "kubernetes", file));
}
