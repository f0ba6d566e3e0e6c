using HeadlessCms.Api.Http.Input;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace HeadlessCms.Api.Http.OpenApi;

/// <summary>Gives the schemas the members that differ by kind of concept.</summary>
internal sealed class KindContracts(IOptions<JsonOptions> json) : ISerializerDataContractResolver
{
    private readonly JsonSerializerDataContractResolver _types = new(json.Value.SerializerOptions);

    public DataContract GetDataContractForType(Type type)
    {
        var contract = _types.GetDataContractForType(type);
        if (contract.DataType != DataType.Object)
            return contract;
        var members = KindMembers.Of(type).ToLookup(member => (System.Reflection.MemberInfo)member.Property);
        return DataContract.ForObject(
            contract.UnderlyingType,
            contract.ObjectProperties.SelectMany(of =>
                members[of.MemberInfo]
                    .Select(member => new DataProperty(
                        member.Name,
                        member.Type,
                        of.IsRequired,
                        of.IsNullable,
                        of.IsReadOnly,
                        of.IsWriteOnly,
                        of.MemberInfo
                    ))
            ),
            contract.ObjectExtensionDataType,
            contract.ObjectTypeNameProperty,
            contract.ObjectTypeNameValue,
            contract.JsonConverter
        );
    }
}
